// Answers questions about policy-controller's own code: whether it accepts a file of policies, and whether a glob of
// its matches a name. One JSON object on each line of the input, one on each line of the output.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os"

	"github.com/sigstore/policy-controller/pkg/apis/glob"
	"github.com/sigstore/policy-controller/pkg/policy"
	"knative.dev/pkg/apis"
)

type question struct {
	// A file of policies; empty for a question about a glob.
	Policies string `json:"policies"`
	Glob     string `json:"glob"`
	Name     string `json:"name"`
}

type answer struct {
	Yes bool   `json:"yes"`
	Why string `json:"why"`
}

func main() {
	lines := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var q question
		if err := json.Unmarshal(line, &q); err != nil {
			panic(err)
		}
		if err := out.Encode(judge(q)); err != nil {
			panic(err)
		}
	}
}

func judge(q question) answer {
	if q.Policies == "" {
		yes, err := glob.Match(q.Glob, q.Name)
		return answer{Yes: yes, Why: text(err)}
	}
	return validate(q.Policies)
}

// What its command asks before anything else.
func validate(text string) (result answer) {
	defer func() {
		if cause := recover(); cause != nil {
			result = answer{Yes: false, Why: "it panics"}
		}
	}()
	sources := []policy.Source{{Data: text}}
	v := policy.Verification{NoMatchPolicy: "deny", Policies: &sources}
	err := v.Validate(context.Background())
	if err == nil {
		return answer{Yes: true}
	}
	if failed := err.Filter(apis.ErrorLevel); failed != nil {
		return answer{Yes: false, Why: failed.Error()}
	}
	return answer{Yes: true, Why: err.Error()}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
