import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query'
import {Alert, Button, Form as AntForm} from 'antd'
import {useMemo, useState} from 'react'
import {api, type Case, data, Refusal} from '../api/client.ts'
import {caseQuery, meQuery} from '../api/queries.ts'
import {today} from '../lib/days.ts'
import {useEnterMoves} from '../lib/enter.ts'
import {Intent} from '../lib/once.ts'
import {Dialog} from '../parts/dialog.tsx'
import {useLanding} from '../parts/landing.ts'
import {toast} from '../parts/toast.tsx'
import {body} from './body.ts'
import {Fields} from './fields.tsx'
import type {Form, Values} from './spec.ts'

// ActionDialog is the form of one action on one case.
export default function ActionDialog({c, label, needs, form: spec, close}: {
  c: Case; label: string; needs: string; form: Form; close: () => void
}) {
  const {data: me} = useSuspenseQuery(meQuery)
  const cache = useQueryClient()
  const [form] = AntForm.useForm<Values>()
  const landing = useLanding(form)
  const enter = useEnterMoves()
  const [intent] = useState(() => new Intent())
  // eslint-disable-next-line react-hooks/exhaustive-deps -- a newer version of the case must not undo what was typed
  const initial = useMemo(() => spec.initial?.(c, me, today()) ?? {}, [])
  const [stale, setStale] = useState(false)
  const values = AntForm.useWatch<Values>([], form) ?? initial

  const act = useMutation({
    mutationFn: (v: Values) => intent.run(body(spec, v, initial), (sent, key) => send(spec, c, v, sent, key)),
    onSuccess: async ({answer}) => {
      cache.setQueryData(caseQuery(c.id).queryKey, answer)
      toast(`“${label}”已办理`)
      close()
      await Promise.all(['cases', 'alerts', 'rates', 'agenda'].map(k => cache.invalidateQueries({queryKey: [k]})))
      await Promise.all(['events', 'deadline', 'forms'].map(k => cache.invalidateQueries({queryKey: ['case', c.id, k]})))
    },
    onError: async error => {
      if (error instanceof Refusal && error.code === 'stale') {
        setStale(true)
        landing.clear()
        await cache.invalidateQueries({queryKey: ['case', c.id]})
        return
      }
      setStale(false)
      landing.land(error)
    },
  })

  return (
    <Dialog title={label} close={close} foot={
      <Button type="primary" size="large" danger={spec.way === 'exit'} htmlType="submit" form="action-form" data-stop loading={act.isPending}>{label}</Button>
    }>
      <AntForm id="action-form" form={form} layout="vertical" initialValues={initial} preserve={false} onKeyDownCapture={enter}
        onFinish={v => act.mutate(v)} scrollToFirstError={{block: 'center', focus: true}}>
        <p className="action-intro">{spec.intro ?? `办理条件：${needs}。`}</p>
        {spec.warning && <Alert type="warning" showIcon title={spec.warning} className="action-note"/>}
        {stale && <Alert type="warning" showIcon className="action-note" role="alert" title="这件案件刚被别人更新过"
          description={`已经取回最新内容（现在是“${c.statusName}”），您填写的没有丢。请核对后再点一次“${label}”。`}/>}
        {landing.said && <Alert type="error" showIcon className="action-note" role="alert" title={landing.said.message}/>}
        <Fields fields={spec.fields.filter(f => f.when?.(values) !== false)} c={c}/>
      </AntForm>
    </Dialog>
  )
}

// send goes to the path of the action; the case is the one that was read.
function send(spec: Form, c: Case, v: Values, sent: Values, key: string): Promise<Case> {
  const header: Record<string, string> = {'If-Match': `"${c.version}"`}
  if (spec.method === 'PATCH') {
    return data(api.PATCH('/cases/{caseId}', {params: {path: {caseId: c.id}, header}, body: sent as never}))
  }
  header['Idempotency-Key'] = key
  const path = {caseId: c.id, no: v.no}
  return data(api.POST(spec.path as '/cases/{caseId}/close', {params: {path, header}, body: sent as never}))
}
