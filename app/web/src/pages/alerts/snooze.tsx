import {useMutation} from '@tanstack/react-query'
import {Alert as Note, Button, Form, Radio} from 'antd'
import {useState} from 'react'
import {CodeField} from '../../actions/choices.tsx'
import {api, data, type Schemas} from '../../api/client.ts'
import {Intent} from '../../lib/once.ts'
import {Dialog} from '../../parts/dialog.tsx'
import {useLanding} from '../../parts/landing.ts'
import '../../styles/actions.css'

type Asked = {days: number; reason: Schemas['SnoozeReason']}

const spans = [1, 2, 3, 7].map(n => ({value: n, label: n === 7 ? '一周' : `${n}天`}))

// Snooze puts an alert off for some days, with the reason.
export function Snooze({a, close, done}: {a: Schemas['Alert']; close: () => void; done: () => void}) {
  const [form] = Form.useForm<Asked>()
  const landing = useLanding(form)
  const [intent] = useState(() => new Intent())
  const put = useMutation({
    mutationFn: ({days, reason}: Asked) => intent.run({until: new Date(Date.now() + days * 86_400_000).toISOString(), reason},
      (body, key) => data(api.POST('/alerts/{alertId}/snooze', {params: {path: {alertId: a.id}, header: {'Idempotency-Key': key}}, body}))),
    onSuccess: () => {
      close()
      done()
    },
    onError: landing.land,
  })
  return (
    <Dialog title="暂缓提醒" close={close}
      foot={<Button type="primary" size="large" htmlType="submit" form="snooze-form" loading={put.isPending}>暂缓</Button>}>
      <Form id="snooze-form" form={form} layout="vertical" initialValues={{days: 1}} onFinish={(v: Asked) => put.mutate(v)}>
        <p className="action-intro">{a.ruleName}：{a.stageName}。暂缓只推迟提醒，期限照常计算。</p>
        {landing.said && <Note type="error" showIcon className="action-note" role="alert" title={landing.said.message}/>}
        <Form.Item name="days" label="暂缓多久"><Radio.Group options={spans} className="choices"/></Form.Item>
        <Form.Item name="reason" label="原因" rules={[{required: true, message: '请选择原因'}]}><CodeField dictionary="snoozeReason" label="原因"/></Form.Item>
      </Form>
    </Dialog>
  )
}
