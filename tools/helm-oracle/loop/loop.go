// Added to Helm's own package of the command by ../build.sh, which also renames its main to helmMain and has it leave by oracleExit where
// it left by os.Exit. What runs between is Helm's own code, unchanged.
//
// Each line of file 3 is an order {"dir": …, "args": […]}; when Helm has run, its exit code is written to file 4.

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"syscall"
	_ "unsafe" // for go:linkname

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// What the command line's library keeps of each command that was ever made.
//
//go:linkname oracleInitializers github.com/spf13/cobra.initializers
var oracleInitializers []func()

//go:linkname oracleCompletions github.com/spf13/cobra.flagCompletionFunctions
var oracleCompletions map[*pflag.Flag]cobra.CompletionFunc

type oracleOrder struct {
	Dir  string   `json:"dir"`
	Args []string `json:"args"`
}

func main() {
	if limit, err := strconv.ParseUint(os.Getenv("HELM_ORACLE_MEMORY"), 10, 64); err == nil {
		_ = syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: limit, Max: limit})
	}
	exits := os.NewFile(4, "exits")
	orders := bufio.NewReaderSize(os.NewFile(3, "orders"), 1<<20)
	for {
		line, err := orders.ReadBytes('\n')
		if err != nil {
			return
		}
		var order oracleOrder
		if err := json.Unmarshal(line, &order); err != nil {
			panic(err)
		}
		fmt.Fprintln(exits, oracleRun(order))
	}
}

// oracleRun is the exit code of Helm's main, run in a goroutine of its own so that leaving it early is possible and its panics end the process.
func oracleRun(order oracleOrder) int {
	if err := os.Chdir(order.Dir); err != nil {
		panic(err)
	}
	os.Args = append([]string{"helm"}, order.Args...)
	oracleInitializers = nil
	clear(oracleCompletions)
	oracleResetSettings()
	oracleCode = 0
	done := make(chan struct{})
	go func() {
		defer close(done)
		helmMain()
	}()
	<-done
	return oracleCode
}

var oracleCode int

func oracleExit(code int) {
	oracleCode = code
	runtime.Goexit()
}
