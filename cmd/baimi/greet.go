package main

import "fmt"

// greet tells the person at the terminal where to go. The log says the same to machines.
func (c *command) greet(a *App) {
	w := c.env.stdout
	if a.cfg.Moved != "" {
		fmt.Fprintf(w, "\n注意：数据保存在 %s\nNote: %s\n", a.cfg.DataDir, a.cfg.Moved)
	}
	if a.freshKeys {
		fmt.Fprintf(w, "\n已生成加密密钥：%s。密钥丢失，数据即无法恢复，请备份（baimi backup）。\n"+
			"New keys were made in %s. A lost key is lost data: back them up (baimi backup).\n", a.cfg.KeysDir, a.cfg.KeysDir)
	}
	fmt.Fprintf(w, "\n百米已启动 / Baimi is running:  %s\n", a.URL())
	fmt.Fprintf(w, "接口说明 / the interface, to read and try:  %s/docs\n", a.URL())
	if a.fingerprint != "" {
		fmt.Fprintf(w, "自签名证书指纹 / fingerprint of the self-made certificate (SHA-256):\n  %s\n", a.fingerprint)
	}
	if a.cfg.TLS == tlsOff && !isLoopback(a.listener.Addr().String()) {
		fmt.Fprint(w, "警告：未启用 HTTPS，从其他机器用 http 访问时将拒绝登录。请设置 BAIMI_TLS=self，或在前面放置 HTTPS 代理（BAIMI_TRUSTED_PROXIES）。\n"+
			"Warning: plain http beyond this machine: sign-in is refused there. Set BAIMI_TLS=self, or put a proxy with https before it (BAIMI_TRUSTED_PROXIES).\n")
	}
	if a.demo != nil {
		a.demo.print(w)
	}
	fmt.Fprint(w, "按 Ctrl-C 停止 / Ctrl-C stops it.\n\n")
}
