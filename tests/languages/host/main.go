// Language host for tests and for `make sdk`: runs programs in TypeScript, Go and Java, and writes SDKs and programs.
//
// Pulumi's own hosts for these languages cannot be had as Go modules, but the generators inside them can. This is the
// part of the protocol that one needs around them. The language is the last part of the executable's name:
// pulumi-language-nodejs, pulumi-language-go, pulumi-language-java, which writes no SDKs, and pulumi-language-python, which
// runs no programs.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// What differs between languages. Without a program, the host only writes SDKs, and without a generator it writes none.
type language struct {
	program  func(request *pulumirpc.RunRequest, engine string) ([]string, error)
	packages func(folder string) ([]manifest, error)
	install  []string
	generator
}

var languages = map[string]language{
	"nodejs": {program: nodeProgram, packages: nodePackages, install: []string{"npm", "ci"}, generator: nodeGenerator},
	"go":     {program: goProgram, packages: goPackages, install: []string{"go", "mod", "download"}, generator: goGenerator},
	"java":   {program: javaProgram, install: []string{"mvn", "-q", "-B", "compile"}},
	"python": {generator: pythonGenerator},
}

type host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
	language
	engine string
}

func (h *host) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: "0.0.1"}, nil
}

func main() {
	_, name, _ := strings.Cut(filepath.Base(os.Args[0]), "pulumi-language-")
	spoken, known := languages[name]
	if !known || len(os.Args) < 2 {
		fail(fmt.Errorf("usage: pulumi-language-{nodejs,go,java,python} ENGINE_ADDRESS, by Pulumi's engine"))
	}
	served := &host{language: spoken, engine: os.Args[len(os.Args)-1]}
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Init: func(server *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(server, served)
			return nil
		},
	})
	if err != nil {
		fail(err)
	}
	fmt.Println(handle.Port)
	if err := <-handle.Done; err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
