package app

import (
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limiter counts requests in this process, by key, so many a minute, all at once or spread out. A second process behind the
// same proxy counts for itself. The time is a value.
type Limiter struct {
	mu      sync.Mutex
	buckets map[string]*bucket
	swept   time.Time
}

// mostBuckets bounds the memory; who comes when all are taken shares one with others of his kind.
const mostBuckets = 100_000

type bucket struct {
	*rate.Limiter
	used time.Time
}

// Room is what a key has left.
type Room struct {
	OK    bool          // this request goes through
	Left  int           // so many more now
	Full  time.Duration // until nothing counts any more
	After time.Duration // of one that does not go through: until the next does
}

// NewLimiter makes one that has counted nothing.
func NewLimiter() *Limiter { return &Limiter{buckets: map[string]*bucket{}} }

// Take counts a request of who, of a kind that may make most a minute.
func (l *Limiter) Take(kind, who string, most int, now time.Time) Room {
	b := l.bucket(kind, who, most, now)
	ok := b.AllowN(now, 1)
	left, each := b.TokensAt(now), float64(most)/time.Minute.Seconds()
	r := Room{OK: ok, Left: int(max(left, 0)), Full: time.Duration(math.Ceil((float64(most)-left)/each)) * time.Second}
	if !ok {
		r.After = time.Duration(max(math.Ceil((1-left)/each), 1)) * time.Second
	}
	return r
}

func (l *Limiter) bucket(kind, who string, most int, now time.Time) *bucket {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) >= time.Minute { // what rested for a minute is full again, as a new one is
		for key, b := range l.buckets {
			if now.Sub(b.used) >= time.Minute {
				delete(l.buckets, key)
			}
		}
		l.swept = now
	}
	key := kind + ":" + who
	if l.buckets[key] == nil && len(l.buckets) >= mostBuckets {
		key = kind
	}
	b := l.buckets[key]
	if b == nil {
		b = &bucket{Limiter: rate.NewLimiter(rate.Limit(float64(most)/time.Minute.Seconds()), most)}
		l.buckets[key] = b
	}
	b.used = now
	return b
}
