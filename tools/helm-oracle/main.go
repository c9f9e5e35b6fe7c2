// Command helm-oracle asks real Helm many questions quickly: JSON lines in, JSON lines out, each answer with exactly what the command prints.
//
//	helm-oracle [-workers N] [-timeout DURATION] [-memory MIB] [-renew N] LOOP
//
// LOOP is Helm's own command built by build.sh so that it runs again and again in one process. Each worker is such a process; one that
// crashes, hangs or asks for too much memory is replaced, and the answer says so. Answers come as they are ready, each with its request's
// id; with one worker (the default) they come in order. See request.go for the fields of both.
//
// Workers have an empty home (no repositories, plugins or cluster), else the environment of this process.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

func main() {
	workers := flag.Int("workers", 1, "processes that answer")
	timeout := flag.Duration("timeout", 30*time.Second, "how long a request may take, unless it says so itself")
	memory := flag.Uint64("memory", 8192, "MiB of address space of a worker")
	renew := flag.Int("renew", 500, "requests after which a worker is replaced: Helm keeps some of each run for ever")
	flag.Parse()
	if flag.NArg() != 1 || *workers < 1 {
		fmt.Fprintln(os.Stderr, "usage: helm-oracle [-workers N] [-timeout DURATION] [-memory MIB] [-renew N] LOOP")
		os.Exit(2)
	}
	if err := serve(flag.Arg(0), *workers, limits{*timeout, *memory << 20, *renew}); err != nil {
		fmt.Fprintf(os.Stderr, "helm-oracle: %v\n", err)
		os.Exit(1)
	}
}

func serve(loop string, count int, limits limits) error {
	loop, err := filepath.Abs(loop)
	if err != nil {
		return err
	}
	home, err := os.MkdirTemp("", "helm-oracle-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)

	requests := make(chan []byte)
	out := bufio.NewWriter(os.Stdout)
	var writing sync.Mutex
	var group sync.WaitGroup
	for i := range count {
		worker, err := newWorker(loop, filepath.Join(home, fmt.Sprint(i)), limits)
		if err != nil {
			return err
		}
		group.Go(func() {
			defer worker.close()
			for line := range requests {
				text, err := json.Marshal(worker.answer(line))
				if err != nil {
					panic(err)
				}
				writing.Lock()
				out.Write(append(text, '\n'))
				out.Flush()
				writing.Unlock()
			}
		})
	}
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 1 {
			requests <- line
		}
		if err != nil {
			break
		}
	}
	close(requests)
	group.Wait()
	return nil
}
