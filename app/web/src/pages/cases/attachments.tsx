import {useMutation} from '@tanstack/react-query'
import {Alert, Button, Form} from 'antd'
import {useEffect, useState} from 'react'
import {CodeField} from '../../actions/choices.tsx'
import {api, type Case, data, type Schemas} from '../../api/client.ts'
import {size} from '../../lib/size.ts'
import {Dialog} from '../../parts/dialog.tsx'
import {useLanding} from '../../parts/landing.ts'
import {Card} from '../../parts/page.tsx'
import type {Word} from './case.tsx'
import {Start} from './start.tsx'

type File = Schemas['Attachment']

// Attachments are the files of the case. What is looked at is the cleaned rendition; the original comes for a reason.
export function Attachments({c, word}: {c: Case; word: Word}) {
  const [seen, setSeen] = useState<File>()
  const [wanted, setWanted] = useState<File>()
  const filed = c.attachments.filter(x => !x.withdrawnOn && !x.erasedOn)
  const rest = c.attachments.filter(x => x.withdrawnOn || x.erasedOn)
  const owner = (x: File) => c.parties.find(p => p.partyNo === x.partyNo)?.name
  const line = (x: File) => (
    <li key={x.no} className="attachment">
      <p className="attachment-name"><span className="tag tag-work">{x.kindName}</span> <strong>{x.title}</strong></p>
      <p className="faint">{[`材料${x.no}`, owner(x), x.datedOn && `日期${x.datedOn}`, size(x.size), x.pages && x.pages > 1 && `${x.pages}页`, `${x.addedOn} ${x.addedBy.name}上传`].filter(Boolean).join(' · ')}</p>
      {x.withdrawnOn && <p className="faint">{x.withdrawnOn} {x.withdrawnBy?.name}撤下：{x.withdrawnReason?.label}</p>}
      {x.erasedOn ? <p className="faint">{x.erasedOn} 依法删除</p> : <p className="attachment-acts">
        {x.viewable && <button type="button" className="text-button" onClick={() => setSeen(x)}>{x.viewMedia === 'application/pdf' ? '下载查看' : '查看'}<Of x={x}/></button>}
        <button type="button" className="text-button" onClick={() => setWanted(x)}>下载原件<Of x={x}/></button>
        {!x.withdrawnOn && <Start c={c} action="withdraw_attachment" values={{no: x.no}}>撤下<Of x={x}/></Start>}
      </p>}
    </li>
  )
  return (
    <Card title="材料" beside={<Start c={c} action="attach" main>上传材料</Start>}>
      {filed.length === 0 && <p className="faint attachments-none">还没有上传材料。</p>}
      <ul className="attachments">{filed.map(line)}</ul>
      {rest.length > 0 && <details className="ended"><summary>撤下、删除的材料（{rest.length}）</summary><ul className="attachments">{rest.map(line)}</ul></details>}
      <p className="faint">查看、下载会记入“谁看过本案”。</p>
      {seen && <Look c={c} x={seen} close={() => setSeen(undefined)}/>}
      {wanted && <Original c={c} x={wanted} close={() => setWanted(undefined)} word={word}/>}
    </Card>
  )
}

function Of({x}: {x: File}) {
  return <span className="visually-hidden">：{x.title}</span>
}

// Look shows a picture in the page, and saves a paper: no page of ours draws what somebody brought.
function Look({c, x, close}: {c: Case; x: File; close: () => void}) {
  const picture = x.viewMedia?.startsWith('image/')
  const [at, setAt] = useState('')
  const [said, setSaid] = useState('')
  useEffect(() => {
    let made = ''
    let over = false
    const look = async () => {
      try {
        const bytes = await data(api.GET('/cases/{caseId}/attachments/{no}/rendition', {params: {path: {caseId: c.id, no: x.no}}, parseAs: 'blob'}))
        const url = URL.createObjectURL(new Blob([bytes], {type: picture ? x.viewMedia : 'application/octet-stream'}))
        if (over) return URL.revokeObjectURL(url)
        made = url
        setAt(url)
        if (!picture) save(url, `材料${x.no}-${x.kindName}.pdf`)
      } catch (e) {
        if (!over) setSaid((e as Error).message)
      }
    }
    void look()
    return () => {
      over = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [c.id, x, picture])
  return (
    <Dialog title={x.title} close={close} foot={<Button size="large" onClick={close}>关闭</Button>}>
      {said && <Alert type="error" showIcon title={said} role="alert"/>}
      {!said && !at && <p>正在打开…</p>}
      {at && picture && <img className="attachment-picture" src={at} alt={x.title}/>}
      {at && !picture && <p>已下载查看用的副本（{x.pages}页），请在“下载”中打开。</p>}
    </Dialog>
  )
}

// Original asks for the reason, and saves the file.
function Original({c, x, close, word}: {c: Case; x: File; close: () => void; word: Word}) {
  const [form] = Form.useForm<{reason: Schemas['OriginalReason']}>()
  const landing = useLanding(form)
  const call = useMutation({
    mutationFn: (body: {reason: Schemas['OriginalReason']}) =>
      data(api.POST('/cases/{caseId}/attachments/{no}/original', {params: {path: {caseId: c.id, no: x.no}}, body, parseAs: 'blob'})),
    onSuccess: bytes => {
      const url = URL.createObjectURL(new Blob([bytes], {type: 'application/octet-stream'}))
      save(url, `材料${x.no}-${word('attachmentKind', x.kind) ?? ''}-原件.${ending(x.media)}`)
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
      close()
    },
    onError: e => landing.land(e),
  })
  return (
    <Dialog title={`下载原件：${x.title}`} close={close} foot={
      <Button type="primary" size="large" htmlType="submit" form="original-form" loading={call.isPending}>下载</Button>
    }>
      <Form id="original-form" form={form} layout="vertical" onFinish={v => call.mutate(v)}>
        <p className="action-intro">原件可能含有拍摄地点等信息。谁、什么时候、为什么下载，都会记录。</p>
        {landing.said && <Alert type="error" showIcon className="action-note" role="alert" title={landing.said.message}/>}
        <Form.Item name="reason" label="下载理由" rules={[{required: true, message: '请选择理由'}]}>
          <CodeField dictionary="originalReason" label="下载理由"/>
        </Form.Item>
      </Form>
    </Dialog>
  )
}

function save(url: string, name: string) {
  const a = document.createElement('a')
  a.href = url
  a.download = name
  a.click()
}

const endings: Record<string, string> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/bmp': 'bmp', 'image/heic': 'heic', 'image/heif': 'heif', 'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'video/mp4': 'mp4', 'video/quicktime': 'mov', 'video/3gpp': '3gp', 'audio/mpeg': 'mp3', 'audio/mp4': 'm4a', 'audio/x-m4a': 'm4a', 'audio/wav': 'wav',
  'audio/amr': 'amr', 'audio/aac': 'aac',
}

function ending(media: string): string {
  return endings[media] ?? 'bin'
}
