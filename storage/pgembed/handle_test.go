package pgembed

import (
	"os"
	"runtime"
	"testing"
	"time"
)

// TestAHandleNobodyHoldsKeepsItsCluster lets go of the handle of an employed janitor. The folder holds no cluster, so a
// janitor whose pipe was closed would clear it away at once instead of after ten seconds.
func TestAHandleNobodyHoldsKeepsItsCluster(t *testing.T) {
	root := t.TempDir()
	pid := func() int {
		own := &Throwaway{root: root}
		if err := own.employJanitor(); err != nil {
			t.Fatal(err)
		}
		return own.janitor.Process.Pid
	}()
	for range 5 {
		runtime.GC() // a finalizer runs after one, what it held goes with the next
		time.Sleep(50 * time.Millisecond)
	}
	if _, err := os.Stat(root); err != nil {
		t.Error(err)
	}
	employed.Range(func(k, _ any) bool {
		own, ok := k.(*Throwaway)
		if ok && own.root == root {
			if own.janitor.Process.Pid != pid {
				t.Error("another janitor")
			}
			if err := own.clean(); err != nil {
				t.Error(err)
			}
		}
		return true
	})
	if _, err := os.Stat(root); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
}
