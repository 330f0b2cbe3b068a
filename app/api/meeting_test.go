package api_test

import (
	"maps"
	"time"
)

// meeting is a plan at a time of its own.
func (w *world) meeting(more map[string]any) map[string]any {
	w.hours += 2
	from := w.now.Add(time.Duration(w.hours) * time.Hour)
	body := map[string]any{"startsAt": from.Format(time.RFC3339), "endsAt": from.Add(time.Hour).Format(time.RFC3339), "joint": true, "address": "村委会办公室"}
	maps.Copy(body, more)
	return body
}

// questions are what somebody may ask about cases he does not know of.
func questions() map[string]any {
	return map[string]any{
		"/cases/search":  map[string]any{"words": "院墙", "party": "王小明", "count": true},
		"/cases/similar": map[string]any{"facts": "两家因院墙排水发生争执。", "parties": []map[string]any{{"phone": "138 0013 8000"}}},
	}
}

func none(*world) any                 { return nil }
func fixed(body any) func(*world) any { return func(*world) any { return body } }
