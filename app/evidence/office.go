package evidence

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"
)

const (
	maxEntries  = 2000
	maxUnpacked = 200 << 20
)

// office unpacks a Word or Excel file to see that it is whole and no trap. It is not shown: what would draw it runs what
// stands in it.
func office(content []byte) (Found, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return Found{}, refuse("damaged", "文件打不开，可能没有完整保存，请另存后再上传")
	}
	if len(z.File) > maxEntries {
		return Found{}, refuse("archive", "文件里的内容太多，不能上传，请另存为PDF后再上传")
	}
	left, described := int64(maxUnpacked), false
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		switch {
		case strings.HasPrefix(name, "/") || path.Clean("/"+name) != "/"+strings.TrimSuffix(name, "/") || strings.Contains(name, ":"):
			return Found{}, refuse("archive", "文件的结构不正常，不能上传，请另存为PDF后再上传")
		case strings.HasSuffix(name, ".bin") && strings.Contains(name, "vba"):
			return Found{}, refuse("macro", "文件里有宏程序，不能上传，请另存为PDF后再上传")
		}
		described = described || name == "[content_types].xml"
		n, err := unpacked(f, left)
		if err != nil {
			return Found{}, refuse("damaged", "文件打不开，可能没有完整保存，请另存后再上传")
		}
		if left -= n; left <= 0 {
			return Found{}, refuse("archive", "文件解压后超过%dMB，不能上传，请另存为PDF后再上传", maxUnpacked>>20)
		}
	}
	if !described {
		return Found{}, refuse("media", "不是Word或者Excel文件，不能上传")
	}
	return Found{}, nil
}

// unpacked is how large an entry really is, up to a limit: what its header says may be made up.
func unpacked(f *zip.File, limit int64) (int64, error) {
	r, err := f.Open()
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, io.LimitReader(r, limit+1))
	if n > limit {
		err = nil
	}
	if e := r.Close(); err == nil && n <= limit {
		err = e
	}
	return n, err
}
