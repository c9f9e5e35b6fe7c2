package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

type limits struct {
	timeout time.Duration
	memory  uint64
	renew   int
}

// A worker asks one process of Helm after another. What Helm prints goes to files, so that nothing that it or Go's runtime writes is lost.
type worker struct {
	loop           string
	folder         string
	stdout, stderr *os.File
	limits         limits

	process *exec.Cmd
	orders  io.WriteCloser
	// Exit codes of orders; closed when the process has ended.
	exits chan int
	asked int
}

func newWorker(loop, folder string, limits limits) (*worker, error) {
	w := &worker{loop: loop, folder: folder, limits: limits}
	if err := os.MkdirAll(w.own(), 0o755); err != nil {
		return nil, err
	}
	var err error
	if w.stdout, err = os.Create(filepath.Join(folder, "stdout")); err != nil {
		return nil, err
	}
	w.stderr, err = os.Create(filepath.Join(folder, "stderr"))
	return w, err
}

// own is where inline charts and values are written.
func (w *worker) own() string { return filepath.Join(w.folder, "work") }

func (w *worker) start() error {
	orders, ordersIn, err := os.Pipe()
	if err != nil {
		return err
	}
	exitsOut, exits, err := os.Pipe()
	if err != nil {
		return err
	}
	defer orders.Close()
	defer exits.Close()
	home := func(name string) string { return filepath.Join(w.folder, "home", name) }
	w.process = exec.Command(w.loop)
	w.process.Dir = w.own()
	w.process.Env = append(os.Environ(), "HELM_CACHE_HOME="+home("cache"), "HELM_CONFIG_HOME="+home("config"), "HELM_DATA_HOME="+home("data"),
		"KUBECONFIG="+home("kube"), "HELM_ORACLE_MEMORY="+strconv.FormatUint(w.limits.memory, 10))
	w.process.Stdout, w.process.Stderr = w.stdout, w.stderr
	w.process.ExtraFiles = []*os.File{orders, exits}
	if err := w.process.Start(); err != nil {
		return err
	}
	w.orders, w.asked = ordersIn, 0
	w.exits = make(chan int)
	go func(done chan<- int) {
		defer exitsOut.Close()
		defer close(done)
		for lines := bufio.NewScanner(exitsOut); lines.Scan(); {
			if code, err := strconv.Atoi(lines.Text()); err == nil {
				done <- code
			}
		}
	}(w.exits)
	return nil
}

// end waits for the process, which has been told to end or has ended by itself, and gives its exit code: negative after a signal.
func (w *worker) end() int {
	w.orders.Close()
	for range w.exits {
	}
	_ = w.process.Wait()
	code := w.process.ProcessState.ExitCode()
	w.process = nil
	return code
}

func (w *worker) close() {
	if w.process != nil {
		w.end()
	}
	w.stdout.Close()
	w.stderr.Close()
}

func (w *worker) answer(line []byte) answer {
	var request request
	if err := json.Unmarshal(line, &request); err != nil {
		return answer{Error: err.Error()}
	}
	result := answer{ID: request.ID}
	start := time.Now()
	if err := w.ask(&request, &result); err != nil {
		result.Error = err.Error()
	}
	result.Milliseconds = float64(time.Since(start).Microseconds()) / 1e3
	return result
}

// What the loop is told: see loop/loop.go.
type order struct {
	Dir  string   `json:"dir"`
	Args []string `json:"args"`
}

func (w *worker) ask(request *request, result *answer) error {
	if w.process != nil && w.asked >= w.limits.renew {
		w.end()
	}
	if w.process == nil {
		if err := w.start(); err != nil {
			return err
		}
	}
	w.asked++
	dir := request.Dir
	if dir == "" {
		dir = w.own()
	}
	args, err := request.arguments(dir, w.own())
	if err != nil {
		return err
	}
	for _, file := range []*os.File{w.stdout, w.stderr} {
		if err := errors.Join(file.Truncate(0), rewind(file)); err != nil {
			return err
		}
	}
	text, err := json.Marshal(order{dir, args})
	if err != nil {
		return err
	}
	timeout := w.limits.timeout
	if request.Milliseconds > 0 {
		timeout = time.Duration(request.Milliseconds) * time.Millisecond
	}
	// A process that has ended does not read it, which the closed channel tells as well.
	_, _ = w.orders.Write(append(text, '\n'))
	select {
	case code, alive := <-w.exits:
		if !alive {
			// Some of Helm's errors end the process at once (log.Fatal), with 1; Go's runtime ends it with 2.
			if code = w.end(); code != 1 {
				result.Crashed = "panic"
			}
		}
		result.Exit = code
	case <-time.After(timeout):
		_ = w.process.Process.Kill()
		result.Exit = w.end()
		result.Crashed = "timeout"
	}
	stdout, err := os.ReadFile(w.stdout.Name())
	if err != nil {
		return err
	}
	stderr, err := os.ReadFile(w.stderr.Name())
	if err != nil {
		return err
	}
	result.print(stdout, stderr)
	return nil
}

func rewind(file *os.File) error {
	_, err := file.Seek(0, io.SeekStart)
	return err
}
