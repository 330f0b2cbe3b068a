package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

const (
	headerTimeout = 10 * time.Second
	readTimeout   = 60 * time.Second
	writeTimeout  = 120 * time.Second
	idleTimeout   = 120 * time.Second

	finishTimeout = 15 * time.Second // for requests that run when the service is asked to stop
	leavePause    = time.Second      // between "not ready" and closed doors, for a proxy to look
)

// listen opens the doors.
func (a *App) listen(ctx context.Context) error {
	handler, err := newHandler(a)
	if err != nil {
		return err
	}
	conf, fingerprint, err := serverTLS(a.cfg, a.clock())
	if err != nil {
		return err
	}
	a.fingerprint = fingerprint
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", a.cfg.Listen)
	if err != nil {
		return fmt.Errorf("BAIMI_LISTEN=%q: %w", a.cfg.Listen, err)
	}
	a.listener = listener
	server := &http.Server{
		Handler: handler, TLSConfig: conf, ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
		ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
	}
	if conf != nil {
		// the names that net/http's own ServeTLS would add
		conf.NextProtos = []string{"h2", "http/1.1"}
		listener = tls.NewListener(listener, conf)
	}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			a.fail(fmt.Errorf("serve: %w", err))
		}
	}()
	a.started("HTTP", func(ctx context.Context) error { return a.shut(ctx, server) })
	return nil
}

// shut closes the doors and lets running requests finish, then cuts off what is left. Only where somebody else may stand
// before us is there a pause for him to see that we are leaving.
func (a *App) shut(ctx context.Context, server *http.Server) error {
	if !isLoopback(a.listener.Addr().String()) {
		select {
		case <-time.After(leavePause):
		case <-ctx.Done():
		}
	}
	ctx, cancel := context.WithTimeout(ctx, finishTimeout)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("requests were cut off: %w", err), server.Close())
	}
	return nil
}

func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
