package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// The exit code by which Node.js's SDK says that it has told the user everything.
const alreadySaid = 32

func (h *host) Run(ctx context.Context, request *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	if h.program == nil {
		return nil, status.Error(codes.Unimplemented, "this host writes SDKs only: run Python programs with Pulumi's own")
	}
	config, err := json.Marshal(request.Config)
	if err != nil {
		return nil, err
	}
	secrets, err := json.Marshal(append([]string{}, request.ConfigSecretKeys...))
	if err != nil {
		return nil, err
	}
	line, err := h.program(request, h.engine)
	if err != nil {
		return &pulumirpc.RunResponse{Error: err.Error()}, nil
	}
	process := exec.CommandContext(ctx, line[0], append(line[1:], request.Args...)...)
	process.Dir, process.Stdout, process.Stderr = request.Info.ProgramDirectory, os.Stdout, os.Stderr
	process.Env = append(os.Environ(),
		"PULUMI_NODEJS_TYPESCRIPT=true",
		"PULUMI_CONFIG="+string(config),
		"PULUMI_CONFIG_SECRET_KEYS="+string(secrets),
		"PULUMI_ENGINE="+h.engine,
		"PULUMI_MONITOR="+request.MonitorAddress,
		"PULUMI_ORGANIZATION="+request.Organization,
		"PULUMI_PROJECT="+request.Project,
		"PULUMI_STACK="+request.Stack,
		"PULUMI_ROOT_DIRECTORY="+request.Info.RootDirectory,
		"PULUMI_DRY_RUN="+strconv.FormatBool(request.DryRun),
		"PULUMI_PARALLEL="+strconv.Itoa(int(request.Parallel)),
	)
	return ended(process.Run())
}

func ended(err error) (*pulumirpc.RunResponse, error) {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}, nil
	case !errors.As(err, &exit):
		return nil, err
	case exit.ExitCode() == alreadySaid:
		return &pulumirpc.RunResponse{Bail: true}, nil
	}
	return &pulumirpc.RunResponse{Error: fmt.Sprintf("the program ended with exit code %d", exit.ExitCode())}, nil
}

// TypeScript is compiled by the SDK's own entry as the program loads.
func nodeProgram(request *pulumirpc.RunRequest, engine string) ([]string, error) {
	entry := filepath.Join(request.Info.ProgramDirectory, "node_modules", "@pulumi", "pulumi", "cmd", "run")
	if _, err := os.Stat(entry); err != nil {
		return nil, errors.New("@pulumi/pulumi is not installed: run npm install, or pulumi install")
	}
	return []string{
		"node", entry,
		"--monitor", request.MonitorAddress, "--engine", engine,
		"--organization", request.Organization, "--project", request.Project, "--stack", request.Stack,
		"--root-directory", request.Info.RootDirectory, "--pwd", request.Info.ProgramDirectory,
		"--dry-run", strconv.FormatBool(request.DryRun), "--parallel", strconv.Itoa(int(request.Parallel)),
		request.Info.EntryPoint,
	}, nil
}

// A build is kept where Go finds it again, so that only the first command waits for the linker.
func goProgram(request *pulumirpc.RunRequest, _ string) ([]string, error) {
	folder := filepath.Join(request.Info.ProgramDirectory, request.Info.EntryPoint)
	binary := filepath.Join(request.Info.RootDirectory, ".pulumi-program")
	build := exec.Command("go", "build", "-o", binary, folder)
	build.Dir = request.Info.ProgramDirectory
	if said, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the program does not build:\n%s", said)
	}
	return []string{binary}, nil
}

// Maven compiles what has changed.
func javaProgram(*pulumirpc.RunRequest, string) ([]string, error) {
	return []string{"mvn", "-q", "-B", "compile", "exec:java"}, nil
}

// What a package says about the plugin that it needs.
type manifest struct {
	Resource bool   `json:"resource"`
	Name     string `json:"name"`
	Version  string `json:"version"`
	Server   string `json:"server"`
}

func (h *host) GetRequiredPackages(
	_ context.Context, request *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	response := &pulumirpc.GetRequiredPackagesResponse{}
	if h.packages == nil {
		return response, nil
	}
	found, err := h.packages(request.Info.ProgramDirectory)
	for _, each := range found {
		if each.Resource {
			response.Packages = append(response.Packages, &pulumirpc.PackageDependency{
				Kind: "resource", Name: each.Name, Version: each.Version, Server: each.Server,
			})
		}
	}
	return response, err
}

func nodePackages(folder string) ([]manifest, error) {
	var found []manifest
	for _, pattern := range []string{"*", "@*/*"} {
		paths, err := filepath.Glob(filepath.Join(folder, "node_modules", pattern, "package.json"))
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			var declared struct{ Pulumi manifest }
			if err := read(path, &declared); err != nil {
				return nil, err
			}
			found = append(found, declared.Pulumi)
		}
	}
	return found, nil
}

func goPackages(folder string) ([]manifest, error) {
	list := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "all")
	list.Dir = folder
	folders, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var found []manifest
	for _, each := range strings.Fields(string(folders)) {
		var declared manifest
		if err := read(filepath.Join(each, "pulumi-plugin.json"), &declared); err != nil {
			return nil, err
		}
		found = append(found, declared)
	}
	return found, nil
}

// Reads a file of JSON; one that is not there leaves the value as it is.
func read(path string, value any) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(text, value)
}

func (h *host) GetProgramDependencies(
	context.Context, *pulumirpc.GetProgramDependenciesRequest,
) (*pulumirpc.GetProgramDependenciesResponse, error) {
	return &pulumirpc.GetProgramDependenciesResponse{}, nil
}

func (h *host) InstallDependencies(
	request *pulumirpc.InstallDependenciesRequest, stream grpc.ServerStreamingServer[pulumirpc.InstallDependenciesResponse],
) error {
	if h.install == nil {
		return status.Error(codes.Unimplemented, "this host writes SDKs only: install with Pulumi's own")
	}
	process := exec.Command(h.install[0], h.install[1:]...)
	process.Dir = request.Info.ProgramDirectory
	said, err := process.CombinedOutput()
	return errors.Join(err, stream.Send(&pulumirpc.InstallDependenciesResponse{Stdout: said}))
}
