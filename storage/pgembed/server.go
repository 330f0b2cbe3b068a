package pgembed

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
)

// Server is a private cluster that is running, or was.
type Server struct {
	cfg      Config
	bin      string // folder of the binaries
	major    int
	data     string // folder of the cluster
	run      string // folder of the socket
	password string // superuser's
	cred     *syscall.Credential
	lock     *os.File

	pid      atomic.Int64
	restarts atomic.Int64

	unwanted context.CancelFunc // tells the supervisor to stop
	hurry    chan struct{}      // closed when whoever stops has no more time
	hurried  sync.Once
	done     chan struct{}
	err      error // why it ended; set before done closes
}

// Start opens the cluster in cfg.Dir, creating it when there is none and
// recovering it when it was not stopped cleanly, and returns when it answers.
// ctx bounds the start only: afterwards the cluster runs until Stop.
//
// Errors: ErrNoBinaries, ErrInUse, ErrOtherMajor, ErrFolderNotTraversable,
// ErrNoUser, ErrPasswordLost, or what PostgreSQL said.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, hurry: make(chan struct{}), done: make(chan struct{})}
	if s.cred, err = credentialOf(cfg.RunAs); err != nil {
		return nil, err
	}
	if err := s.openFolder(); err != nil {
		return nil, err
	}
	c, err := s.open(ctx)
	if err != nil {
		return nil, errors.Join(err, unlockFile(s.lock))
	}
	running, unwanted := context.WithCancel(context.WithoutCancel(ctx))
	s.unwanted = unwanted
	go s.supervise(running, life{child: c})
	return s, nil
}

// open does what needs the folder's lock.
func (s *Server) open(ctx context.Context) (*child, error) {
	existing, err := FindCluster(s.cfg.Dir)
	if err != nil {
		return nil, err
	}
	s.bin, s.major, err = find(ctx, search{
		explicit: s.cfg.BinDir, dataDir: s.cfg.Dir, major: existing,
		enter: func(dir string) error {
			if s.cred == nil {
				return nil
			}
			return usable(dir, s.cfg.RunAs, s.cred)
		},
	})
	if err != nil {
		return nil, err
	}
	s.data = ClusterDir(s.cfg.Dir, s.major)
	if err := s.openSocketDir(); err != nil {
		return nil, err
	}
	if err := s.ensureCluster(ctx, existing != 0); err != nil {
		return nil, err
	}
	return s.launch(ctx)
}

// Done is closed when the cluster has stopped for good: after Stop, or when
// the supervisor gave up.
func (s *Server) Done() <-chan struct{} { return s.done }

// Err says why the cluster stopped: nil while it runs and after a clean Stop,
// ErrGaveUp after too many deaths.
func (s *Server) Err() error {
	select {
	case <-s.done:
		return s.err
	default:
		return nil
	}
}

// Pid is the postmaster's process id, which changes with every restart.
func (s *Server) Pid() int { return int(s.pid.Load()) }

// Restarts counts how often the supervisor has started a dead PostgreSQL again.
func (s *Server) Restarts() int { return int(s.restarts.Load()) }

// Major is PostgreSQL's major version, such as 15.
func (s *Server) Major() int { return s.major }

// Dir is the data folder, absolute.
func (s *Server) Dir() string { return s.cfg.Dir }

// DataDir is the cluster's own folder within Dir.
func (s *Server) DataDir() string { return s.data }
