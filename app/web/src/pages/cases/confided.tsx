import {useMutation, useQuery, useQueryClient} from '@tanstack/react-query'
import {Alert, Button, Form, Input, Select} from 'antd'
import {useState} from 'react'
import {CodeField, partyOptions, useCodes} from '../../actions/choices.tsx'
import {api, type Case, data, type Me, type Schemas} from '../../api/client.ts'
import {caseQuery} from '../../api/queries.ts'
import {moment, today} from '../../lib/days.ts'
import {Intent} from '../../lib/once.ts'
import {Dialog} from '../../parts/dialog.tsx'
import {useLanding} from '../../parts/landing.ts'
import {Card, Loading, Nothing, Said} from '../../parts/page.tsx'
import type {Word} from './case.tsx'
import '../../styles/agenda.css'

type Note = Schemas['PrivateNote']

const notesQuery = (caseId: string) => ({
  queryKey: ['confided', caseId],
  queryFn: () => data(api.GET('/cases/{caseId}/private-notes', {params: {path: {caseId}}})),
  gcTime: 0, // nothing of it stays in memory when the page is left
})

// Confided is what parties told in confidence, for the case's mediators alone. It is read only when somebody opens it.
export function Confided({c, me, word}: {c: Case; me: Me; word: Word}) {
  const [open, setOpen] = useState(false)
  const [writing, setWriting] = useState(false)
  const mine = c.mediators.some(m => m.id === me.personId) && (me.current.role === 'mediator' || me.current.role === 'committee_director')
  const {data: notes, error, refetch} = useQuery({...notesQuery(c.id), enabled: open && mine})
  return (
    <>
      {mine && <Card title="保密记录" beside={<span className="agenda-nav">
        <button type="button" className="plain-button" onClick={() => setOpen(!open)} aria-expanded={open}>{open ? '收起' : '查看'}</button>
        <button type="button" className="plain-button" onClick={() => setWriting(true)}>写一条</button>
      </span>}>
        <p className="faint">背靠背谈话、当事人可以作出的让步记在这里，只有本案调解员能看，不进卷宗、统计和打印。各方都同意，才能公开。</p>
        {open && (error ? <Said error={error} again={() => void refetch()}/> : !notes ? <Loading/>
          : notes.items.length === 0 ? <Nothing>没有保密记录。</Nothing>
            : <ul className="lines">{notes.items.map(n => <One key={n.id} c={c} n={n} word={word}/>)}</ul>)}
        {writing && <Write c={c} close={() => setWriting(false)} done={() => setOpen(true)}/>}
      </Card>}
      {c.waivedNotes.length > 0 && <Card title="经各方同意公开的记录">
        <ul className="lines">{c.waivedNotes.map(d => (
          <li key={d.no} className="access">
            <p><strong>{word('privateNoteKind', d.kind)}</strong>{d.partyNo && ` · ${name(c, d.partyNo)}`}</p>
            <p className="prose">{d.text}</p>
            <p className="faint">{d.on} {d.by.name}公开</p>
          </li>
        ))}</ul>
      </Card>}
    </>
  )
}

const name = (c: Case, no: number) => c.parties.find(p => p.partyNo === no)?.name ?? ''

function One({c, n, word}: {c: Case; n: Note; word: Word}) {
  const cache = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [intent] = useState(() => new Intent())
  const all = c.parties.every(p => n.waivedBy.includes(p.partyNo))
  const disclose = useMutation({
    mutationFn: () => intent.run(undefined, (_, key) => data(api.POST('/cases/{caseId}/private-notes/{noteId}/opening', {
      params: {path: {caseId: c.id, noteId: n.id}, header: {'Idempotency-Key': key}},
    }))),
    onSuccess: ({answer}) => cache.setQueryData(caseQuery(c.id).queryKey, answer),
  })
  return (
    <li className="access">
      <p><strong>{word('privateNoteKind', n.kind)}</strong>{n.partyNo && ` · ${name(c, n.partyNo)}`}</p>
      <p className="prose">{n.text}</p>
      <p className="faint">{moment(n.writtenAt)} {n.author.name}
        {n.waivedBy.length > 0 && ` · 同意公开：${n.waivedBy.map(no => name(c, no)).join('、')}`}</p>
      <div className="reveal">
        {all ? <Button onClick={() => disclose.mutate()} loading={disclose.isPending}>公开，写入案卷</Button>
          : <Button onClick={() => setAsking(true)}>登记当事人同意公开</Button>}
        {disclose.error && <p className="field-error" role="alert">{disclose.error.message}</p>}
      </div>
      {asking && <Waive c={c} n={n} close={() => setAsking(false)}/>}
    </li>
  )
}

type Written = {kind: Schemas['PrivateNoteKind']; partyNo?: number; text: string}

function Write({c, close, done}: {c: Case; close: () => void; done: () => void}) {
  const cache = useQueryClient()
  const [form] = Form.useForm<Written>()
  const landing = useLanding(form)
  const [intent] = useState(() => new Intent())
  const put = useMutation({
    mutationFn: (v: Written) => intent.run(v, (body, key) => data(api.POST('/cases/{caseId}/private-notes', {
      params: {path: {caseId: c.id}, header: {'Idempotency-Key': key}}, body,
    }))),
    onSuccess: async () => {
      close()
      done()
      await cache.invalidateQueries({queryKey: ['confided', c.id]})
    },
    onError: landing.land,
  })
  return (
    <Dialog title="写保密记录" close={close} foot={<Button type="primary" size="large" htmlType="submit" form="confided-form" loading={put.isPending}>保存</Button>}>
      <Form id="confided-form" form={form} layout="vertical" initialValues={{kind: 'note'}} onFinish={(v: Written) => put.mutate(v)}>
        <p className="action-intro">只有本案调解员能看。写下后不能修改。</p>
        {landing.said && <Alert type="error" showIcon className="action-note" role="alert" title={landing.said.message}/>}
        <Form.Item name="kind" label="类别" rules={[{required: true, message: '请选择'}]}><CodeField dictionary="privateNoteKind" label="类别"/></Form.Item>
        <Form.Item name="partyNo" label="哪一方说的" extra="让步必须选" rules={[{required: false}]}>
          <Select allowClear virtual={false} options={partyOptions(c)} placeholder="选择当事人"/>
        </Form.Item>
        <Form.Item name="text" label="内容" rules={[{required: true, message: '请填写内容'}]}><Input.TextArea rows={4}/></Form.Item>
      </Form>
    </Dialog>
  )
}

type Waived = {partyNo: number; on: string; how: Schemas['NoticeHow']}

function Waive({c, n, close}: {c: Case; n: Note; close: () => void}) {
  const cache = useQueryClient()
  const [form] = Form.useForm<Waived>()
  const landing = useLanding(form)
  const [intent] = useState(() => new Intent())
  const ways = useCodes('noticeHow')
  const put = useMutation({
    mutationFn: (v: Waived) => intent.run(v, (body, key) => data(api.POST('/cases/{caseId}/private-notes/{noteId}/waivers', {
      params: {path: {caseId: c.id, noteId: n.id}, header: {'Idempotency-Key': key}}, body,
    }))),
    onSuccess: async () => {
      close()
      await cache.invalidateQueries({queryKey: ['confided', c.id]})
    },
    onError: landing.land,
  })
  return (
    <Dialog title="登记同意公开" close={close} foot={<Button type="primary" size="large" htmlType="submit" form="waive-form" loading={put.isPending}>登记</Button>}>
      <Form id="waive-form" form={form} layout="vertical" initialValues={{on: today(), how: 'written'}} onFinish={(v: Waived) => put.mutate(v)}>
        <p className="action-intro">每一方都同意以后，才能公开这条记录。</p>
        {landing.said && <Alert type="error" showIcon className="action-note" role="alert" title={landing.said.message}/>}
        <Form.Item name="partyNo" label="哪一方同意" rules={[{required: true, message: '请选择当事人'}]}>
          <Select virtual={false} options={partyOptions(c).filter(p => !n.waivedBy.includes(p.value))} placeholder="选择当事人"/>
        </Form.Item>
        <Form.Item name="how" label="同意的方式" rules={[{required: true, message: '请选择'}]}><Select virtual={false} options={ways}/></Form.Item>
        <Form.Item name="on" label="同意的日期" rules={[{required: true, message: '请填写'}]}><Input type="date"/></Form.Item>
      </Form>
    </Dialog>
  )
}
