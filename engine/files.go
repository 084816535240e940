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

// Everything lies below this folder, so that the top is an ordinary folder with a parent, as on a disk. Messages hold it, and
// generator/io/kustomize/wasm.ts takes it out again: hence a name that nobody has.
const top = "/espalier-tree"

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

// problem is an error of a disk, in Linux's words: kustomize puts them into what it tells the user.
type problem string

const (
	noSuchFile   problem = "no such file or directory"
	notAFolder   problem = "not a directory"
	isAFolder    problem = "is a directory"
	notPermitted problem = "permission denied"
)

func (p problem) Error() string { return string(p) }

func (p problem) Is(target error) bool {
	return p == noSuchFile && target == fs.ErrNotExist || p == notPermitted && target == fs.ErrPermission
}

// lookUp fails as a disk does, at the first part of the path that is not there.
func (f *files) lookUp(operation, full string) error {
	for end := 1; end <= len(full); end++ {
		if end < len(full) && full[end] != '/' {
			continue
		}
		if _, isFile := f.content[full[:end]]; isFile && end < len(full) {
			return notAFolder
		}
		if !f.Exists(full[:end]) {
			return &fs.PathError{Op: operation, Path: full[:end], Err: noSuchFile}
		}
	}
	return nil
}

func readOnly(operation, name string) error {
	return &fs.PathError{Op: operation, Path: name, Err: notPermitted}
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
		return nil, &fs.PathError{Op: "open", Path: name, Err: noSuchFile}
	}
	return slices.Clone(names), nil
}

func (f *files) ReadFile(name string) ([]byte, error) {
	if text, ok := f.content[absolute(name)]; ok {
		return []byte(text), nil
	}
	if f.IsDir(name) {
		return nil, &fs.PathError{Op: "read", Path: name, Err: isAFolder}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: noSuchFile}
}

func (f *files) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	full := absolute(name)
	if err := f.lookUp("lstat", full); err != nil {
		return "", "", fmt.Errorf("evalsymlink failure on '%s' : %w", name, err)
	}
	if f.IsDir(full) {
		return filesys.ConfirmedDir(full), "", nil
	}
	return filesys.ConfirmedDir(path.Dir(full)), path.Base(full), nil
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
