import {Button, Progress} from 'antd'
import {useEffect, useId, useRef, useState} from 'react'
import type {Case} from '../api/client.ts'
import {bring, type Brought} from '../lib/bring.ts'
import {size} from '../lib/size.ts'

// FileField brings a file to the case as soon as it is chosen, or photographed with a phone, and shows how far it is. Its value is the
// number under which the service keeps the file.
export function FileField({c, id, value, onChange}: {c: Case; id?: string; value?: string; onChange?: (v?: string) => void}) {
  const own = useId()
  const chosen = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const under = useRef<AbortController>(null)
  const [name, setName] = useState('')
  const [part, setPart] = useState<number>()
  const [got, setGot] = useState<Brought>()
  const [said, setSaid] = useState('')
  useEffect(() => () => under.current?.abort(), [])

  const take = async (list: FileList | null) => {
    const file = list?.[0]
    if (!file) return
    under.current?.abort()
    const stop = under.current = new AbortController()
    setName(file.name)
    setGot(undefined)
    setSaid('')
    setPart(0)
    onChange?.(undefined)
    try {
      const brought = await bring(c.id, file, setPart, stop.signal)
      setGot(brought)
      onChange?.(brought.file)
    } catch (e) {
      if (!stop.signal.aborted) setSaid((e as Error).message)
    } finally {
      if (under.current === stop) setPart(undefined)
    }
  }
  const input = (ref: React.RefObject<HTMLInputElement | null>, more: React.InputHTMLAttributes<HTMLInputElement>) => (
    <input ref={ref} type="file" className="visually-hidden" tabIndex={-1} aria-hidden="true" onChange={e => {
      void take(e.target.files)
      e.target.value = '' // the same file may be chosen again
    }} {...more}/>
  )
  return (
    <div className="file-field">
      <div className="file-buttons">
        <Button id={id ?? own} onClick={() => chosen.current?.click()} aria-describedby={`${own}-state`}>{value ? '换一个文件' : '选择文件'}</Button>
        <Button className="file-camera" onClick={() => camera.current?.click()}>拍照</Button>
      </div>
      {input(chosen, {accept: 'image/*,.heic,.pdf,.docx,.xlsx,audio/*,video/*'})}
      {input(camera, {accept: 'image/*', capture: 'environment'})}
      <div id={`${own}-state`} aria-live="polite">
        {part !== undefined && <p>{name}：{part < 100 ? `正在上传 ${part}%` : '正在检查'}</p>}
        {got && <p className="file-good">{name}（{size(got.size)}）已上传{got.viewable ? '' : '。这种文件不能在线查看，只保存原件'}</p>}
        {said && <p className="file-bad" role="alert">{name}：{said}</p>}
      </div>
      {part !== undefined && <Progress percent={part} showInfo={false} aria-hidden="true"/>}
    </div>
  )
}
