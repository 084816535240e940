package main

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// Everything lies below this folder, so that the top is an ordinary folder with a parent, as on a disk.
const top = "/tree"

// files is a tree of text files in memory that cannot be written to. Unlike kustomize's own, it takes every file name.
type files struct {
	content map[string]string
	// The names in each folder, sorted.
	folders map[string][]string
}

func join(relative string) string { return path.Join(top, relative) }

func newFiles(texts map[string]string) (*files, error) {
	made := &files{content: make(map[string]string, len(texts)), folders: map[string][]string{top: nil, "/": {path.Base(top)}}}
	for name, text := range texts {
		if path.Clean(name) != name || path.IsAbs(name) || name == "." || name == ".." || strings.HasPrefix(name, "../") {
			return nil, fmt.Errorf("not a path inside the tree: %q", name)
		}
		full := join(name)
		made.content[full] = text
		made.list(full)
	}
	for folder, names := range made.folders {
		if _, isFile := made.content[folder]; isFile {
			return nil, fmt.Errorf("both a file and a folder: %q", folder)
		}
		slices.Sort(names)
	}
	return made, nil
}

// list makes an entry known in its folder, and that folder in its own.
func (f *files) list(entry string) {
	folder := path.Dir(entry)
	names, known := f.folders[folder]
	f.folders[folder] = append(names, path.Base(entry))
	if !known {
		f.list(folder)
	}
}

func absolute(name string) string { return path.Join("/", name) }

func missing(operation, name string) error {
	return &fs.PathError{Op: operation, Path: name, Err: fs.ErrNotExist}
}

func readOnly(operation, name string) error {
	return &fs.PathError{Op: operation, Path: name, Err: fs.ErrPermission}
}

func (f *files) Create(name string) (filesys.File, error) { return nil, readOnly("create", name) }
func (f *files) Mkdir(name string) error                  { return readOnly("mkdir", name) }
func (f *files) MkdirAll(name string) error               { return readOnly("mkdir", name) }
func (f *files) RemoveAll(name string) error              { return readOnly("remove", name) }
func (f *files) WriteFile(name string, _ []byte) error    { return readOnly("write", name) }

// Open is for writers and plugins: kustomize reads through ReadFile.
func (f *files) Open(name string) (filesys.File, error) { return nil, readOnly("open", name) }

func (f *files) IsDir(name string) bool {
	_, ok := f.folders[absolute(name)]
	return ok
}

func (f *files) Exists(name string) bool {
	_, ok := f.content[absolute(name)]
	return ok || f.IsDir(name)
}

func (f *files) ReadDir(name string) ([]string, error) {
	names, ok := f.folders[absolute(name)]
	if !ok {
		return nil, missing("open", name)
	}
	return slices.Clone(names), nil
}

func (f *files) ReadFile(name string) ([]byte, error) {
	if text, ok := f.content[absolute(name)]; ok {
		return []byte(text), nil
	}
	if f.IsDir(name) {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("is a directory")}
	}
	return nil, missing("open", name)
}

func (f *files) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	full := absolute(name)
	if f.IsDir(full) {
		return filesys.ConfirmedDir(full), "", nil
	}
	if _, ok := f.content[full]; ok {
		return filesys.ConfirmedDir(path.Dir(full)), path.Base(full), nil
	}
	return "", "", missing("lstat", full)
}

func (f *files) Glob(pattern string) ([]string, error) {
	var found []string
	for _, name := range f.entries("/") {
		matched, err := path.Match(pattern, name)
		if err != nil {
			return nil, err
		}
		if matched {
			found = append(found, name)
		}
	}
	if filesys.IsHiddenFilePath(pattern) {
		return found, nil
	}
	return filesys.RemoveHiddenFiles(found), nil
}

// entries lists a folder and all below it, parents first, names in order.
func (f *files) entries(folder string) []string {
	found := []string{folder}
	for _, name := range f.folders[folder] {
		found = append(found, f.entries(path.Join(folder, name))...)
	}
	return found
}

// Walk serves kustomize's editing commands only; a build never walks.
func (f *files) Walk(name string, _ filepath.WalkFunc) error { return readOnly("walk", name) }

var _ filesys.FileSystem = (*files)(nil)
