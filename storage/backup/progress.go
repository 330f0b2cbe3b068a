package backup

import "io"

// Progress is called now and then from the goroutine that works, with the
// bytes of a part that are done; total is 0 when it is not known. It must be
// quick. nil is allowed everywhere.
type Progress func(part string, done, total int64)

const reportEvery = 1 << 20

// meter counts what is written through it.
type meter struct {
	to          io.Writer
	part        string
	report      Progress
	done, total int64
	told        int64
}

func (m *meter) Write(p []byte) (int, error) {
	n, err := m.to.Write(p)
	m.done += int64(n)
	if m.report != nil && m.done-m.told >= reportEvery {
		m.told = m.done
		m.report(m.part, m.done, m.total)
	}
	return n, err
}

func (m *meter) finish() {
	if m.report != nil {
		m.report(m.part, m.done, m.done)
	}
}
