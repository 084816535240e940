// Package main is kustomize's library as a WebAssembly reactor: files in, objects out; no disk, no network, no processes.
//
// Calling: alloc(n) gives the place for a request of n bytes; build, yamlToJson or jsonToYaml returns the length of the answer,
// which stands at outptr(). A negative length means an error's text of that length.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime/debug"
	"unsafe"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/openapi"
	"sigs.k8s.io/yaml"
)

// Without a limit Go's collector lets memory grow to several times this, at the same speed.
const memoryLimit = 256 << 20

var in, out []byte

func init() {
	debug.SetMemoryLimit(memoryLimit)
	// Kustomize's parsed schemas stay alive: to walk them less often halves the time of a build.
	debug.SetGCPercent(400)
	http.DefaultTransport = noNetwork{}
}

func main() {}

//go:wasmexport alloc
func alloc(n int32) unsafe.Pointer {
	in = make([]byte, n)
	return unsafe.Pointer(unsafe.SliceData(in))
}

//go:wasmexport outptr
func outptr() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(out)) }

//go:wasmexport build
func build() int32 { return answer(buildTree) }

//go:wasmexport yamlToJson
func yamlToJSON() int32 {
	return answer(func(text []byte) ([]byte, error) {
		value, err := yaml.YAMLToJSON(text)
		if err != nil {
			return nil, err
		}
		return markLargeIntegers(value), nil
	})
}

//go:wasmexport jsonToYaml
func jsonToYAML() int32 { return answer(yaml.JSONToYAML) }

func answer(work func([]byte) ([]byte, error)) (length int32) {
	defer func() {
		if problem := recover(); problem != nil {
			openapi.ResetOpenAPI() // perhaps half read
			length = fail(fmt.Sprintf("kustomize panicked: %v", problem))
		}
	}()
	request := in
	in = nil
	result, err := work(request)
	if err != nil {
		return fail(err.Error())
	}
	out = result
	return int32(len(out))
}

// fail ends the text with a line break, because a length of 0 would read as success.
func fail(text string) int32 {
	out = []byte(text + "\n")
	return -int32(len(out))
}

type tree struct {
	Root  string            `json:"root"`
	Files map[string]string `json:"files"`
}

// buildTree answers with two lines: the mark of large integers (see markLargeIntegers), then a JSON array of objects.
func buildTree(request []byte) ([]byte, error) {
	var asked tree
	if err := json.Unmarshal(request, &asked); err != nil {
		return nil, err
	}
	files, err := newFiles(asked.Files)
	if err != nil {
		return nil, err
	}
	defer forgetCustomSchema()
	options := &krusty.Options{
		Reorder:          krusty.ReorderOptionUnspecified, // what the command line does
		LoadRestrictions: types.LoadRestrictionsRootOnly,
		PluginConfig:     types.DisabledPluginConfig(),
	}
	objects, err := krusty.MakeKustomizer(options).Run(files, join(asked.Root))
	if err != nil {
		return nil, err
	}
	list := []byte{'['}
	for index, object := range objects.Resources() {
		if index > 0 {
			list = append(list, ',')
		}
		// Through kustomize's own text, because that is what an API server would read.
		text, err := object.AsYAML()
		if err != nil {
			return nil, err
		}
		value, err := yaml.YAMLToJSON(text)
		if err != nil {
			return nil, err
		}
		list = append(list, bytes.TrimSpace(value)...)
	}
	return markLargeIntegers(append(list, ']')), nil
}

// forgetCustomSchema undoes the `openapi` field of a kustomization: kustomize keeps its schema in a global variable, and the
// next build must not see it.
func forgetCustomSchema() {
	if openapi.GetSchemaVersion() != defaultSchema {
		openapi.ResetOpenAPI()
	}
}

var defaultSchema = openapi.GetSchemaVersion()

type noNetwork struct{}

func (noNetwork) RoundTrip(request *http.Request) (*http.Response, error) {
	return nil, fmt.Errorf("the network is off: %q is not fetched", request.URL.Redacted())
}
