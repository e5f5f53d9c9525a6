// Reads Dockerfiles from standard input, one per line: the Dockerfile in base64, a tab, and its build-args as a JSON
// object in base64. Prints for each one line of JSON: which images BuildKit's own parser finds, or why it refuses. What
// BuildKit does beyond parsing (frontend/dockerfile/dockerfile2llb, v0.34) is done here in its order: values of ARGs,
// names of stages, and sources of COPY and of mounts. Of dockerfile2llb itself nothing can be called without a daemon.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

type image struct {
	Field string `json:"field"`
	Image string `json:"image"`
}

type answer struct {
	Images  []image `json:"images"`
	Refused string  `json:"refused,omitempty"`
	// Variables that BuildKit replaced by nothing, where an image was named.
	Unset bool `json:"unset,omitempty"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 0, 1<<20), 64<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		file, args, _ := strings.Cut(in.Text(), "\t")
		dockerfile, err := base64.StdEncoding.DecodeString(file)
		if err != nil {
			fail(err)
		}
		encodedArgs, err := base64.StdEncoding.DecodeString(args)
		if err != nil {
			fail(err)
		}
		buildArgs := map[string]string{}
		if err := json.Unmarshal(encodedArgs, &buildArgs); err != nil {
			fail(err)
		}
		reading := &reading{answer: answer{Images: []image{}}, buildArgs: buildArgs}
		if err := reading.read(dockerfile); err != nil {
			reading.answer.Refused = err.Error()
		}
		line, err := json.Marshal(reading.answer)
		if err != nil {
			fail(err)
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	if err := in.Err(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

type reading struct {
	answer    answer
	buildArgs map[string]string
	args      []string
	lex       *shell.Lex
}

func (r *reading) name(field, name string) {
	r.answer.Images = append(r.answer.Images, image{Field: field, Image: name})
}

func (r *reading) read(dockerfile []byte) error {
	if given, ok := r.buildArgs["BUILDKIT_SYNTAX"]; ok {
		r.name("# syntax", strings.SplitN(strings.TrimSpace(given), " ", 2)[0])
	} else if ref, _, _, ok := parser.DetectSyntax(dockerfile); ok {
		r.name("# syntax", ref)
	}
	parsed, err := parser.Parse(bytes.NewReader(dockerfile))
	if err != nil {
		return err
	}
	stages, metaArgs, err := instructions.Parse(parsed.AST, linter.New(&linter.Config{}))
	if err != nil {
		return err
	}
	if len(stages) == 0 {
		return errors.New("no stages")
	}
	r.lex = shell.NewLex(parsed.EscapeToken)
	if err := r.readArgs(metaArgs); err != nil {
		return err
	}
	return r.readStages(stages)
}

// In the order of the file; a value may use those before it. What the platform decides is not set here.
func (r *reading) readArgs(metaArgs []instructions.ArgCommand) error {
	for _, command := range metaArgs {
		for _, arg := range command.Args {
			if given, ok := r.buildArgs[arg.Key]; ok {
				r.args = append(r.args, arg.Key+"="+given)
			} else if arg.Value != nil {
				result, err := r.lex.ProcessWordWithMatches(*arg.Value, shell.EnvsFromSlice(r.args))
				if err != nil {
					return err
				}
				if len(result.Unmatched) > 0 {
					r.answer.Unset = true
				}
				r.args = append(r.args, arg.Key+"="+result.Result)
			}
		}
	}
	return nil
}

func (r *reading) readStages(stages []instructions.Stage) error {
	complete := map[string]bool{}
	last := map[string]int{}
	for number, stage := range stages {
		result, err := r.lex.ProcessWordWithMatches(stage.BaseName, shell.EnvsFromSlice(r.args))
		if err != nil {
			return err
		}
		if len(result.Unmatched) > 0 {
			r.answer.Unset = true
		}
		if result.Result == "" {
			return errors.New("blank base name")
		}
		if !complete[result.Result] && result.Result != "scratch" {
			r.name("FROM", result.Result)
		}
		if stage.Name != "" {
			complete[strings.ToLower(stage.Name)] = true
			last[strings.ToLower(stage.Name)] = number
		}
	}
	for number, stage := range stages {
		for _, command := range stage.Commands {
			if err := r.readCommand(command, number, last, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *reading) readCommand(command instructions.Command, stage int, last map[string]int, prefix string) error {
	switch c := command.(type) {
	case *instructions.CopyCommand:
		return r.readCopy(c.From, stage, last, prefix)
	case *instructions.RunCommand:
		for _, mount := range instructions.GetMounts(c) {
			if err := r.source(prefix+"RUN --mount from", mount.From, stage, last); err != nil {
				return err
			}
		}
	case *instructions.OnbuildCommand:
		// A build on this image reads the trigger as a file of its own. Its stages are not those of this file.
		parsed, err := parser.Parse(strings.NewReader(c.Expression))
		if err != nil {
			return err
		}
		if len(parsed.AST.Children) != 1 {
			return errors.New("a trigger is one instruction")
		}
		trigger, err := instructions.ParseCommand(parsed.AST.Children[0])
		if err != nil {
			return err
		}
		return r.readCommand(trigger, stage, nil, "ONBUILD ")
	}
	return nil
}

func (r *reading) readCopy(from string, stage int, last map[string]int, prefix string) error {
	result, err := r.lex.ProcessWordWithMatches(from, shell.EnvsFromSlice(nil))
	if err != nil {
		return err
	}
	if result.Result != from {
		return errors.New("variables in --from")
	}
	if index, err := strconv.Atoi(from); err == nil {
		if last != nil && (index < 0 || index >= stage) {
			return errors.New("not an earlier stage")
		}
		return nil
	}
	return r.source(prefix+"COPY --from", from, stage, last)
}

func (r *reading) source(field, from string, stage int, last map[string]int) error {
	if from == "" {
		return nil
	}
	if number, ok := last[strings.ToLower(from)]; ok {
		if number >= stage {
			return errors.New("not an earlier stage")
		}
		return nil
	}
	if from != "scratch" {
		r.name(field, from)
	}
	return nil
}
