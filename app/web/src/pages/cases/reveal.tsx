import {useMutation} from '@tanstack/react-query'
import {Alert, Button, Form} from 'antd'
import {useState} from 'react'
import {CodeField, Ticks, useCodes} from '../../actions/choices.tsx'
import {api, type Case, data, type Me, type Schemas} from '../../api/client.ts'
import {Dialog} from '../../parts/dialog.tsx'
import {useLanding} from '../../parts/landing.ts'

type Party = Schemas['Party']
export type Revealed = Schemas['RevealedParty']

// Reveal offers what is masked: the phone to the case's own mediator at one tap, anything else at a reason. Each look is
// logged by the service. What was shown is gone when the page is left.
export function Reveal({c, me, party, shown, show}: {
  c: Case; me: Me; party: Party; shown: Revealed | undefined; show: (r: Revealed | undefined) => void
}) {
  const [asking, setAsking] = useState(false)
  const call = useMutation({
    mutationFn: () => data(api.POST('/cases/{caseId}/parties/{no}/phone', {params: {path: {caseId: c.id, no: party.partyNo}}})),
    onSuccess: r => show({...shown, ...r}),
  })
  if (!party.phoneMasked && !party.idNumberMasked && !party.addressMasked) return null
  const mine = c.mediators.some(m => m.id === me.personId)
  const whom = <span className="visually-hidden">：{party.name}</span>
  return (
    <div className="reveal">
      {mine && party.phoneMasked && !shown?.phone && <Button onClick={() => call.mutate()} loading={call.isPending}>联系当事人{whom}</Button>}
      {shown ? <Button onClick={() => show(undefined)}>重新隐藏{whom}</Button> : <Button onClick={() => setAsking(true)}>查看完整信息{whom}</Button>}
      {call.error && <p className="field-error" role="alert">{call.error.message}</p>}
      {asking && <Ask c={c} party={party} close={() => setAsking(false)} show={r => show({...shown, ...r})}/>}
    </div>
  )
}

type Asked = {fields: Schemas['PartyField'][]; reason: Schemas['RevealReason']}

function Ask({c, party, close, show}: {c: Case; party: Party; close: () => void; show: (r: Revealed) => void}) {
  const [form] = Form.useForm<Asked>()
  const landing = useLanding(form)
  const there = {id_number: party.idNumberMasked, phone: party.phoneMasked, address: party.addressMasked}
  const options = useCodes('partyField').filter(o => there[o.value as keyof typeof there])
  const ask = useMutation({
    mutationFn: (v: Asked) => data(api.POST('/cases/{caseId}/reveals', {params: {path: {caseId: c.id}}, body: {partyNo: party.partyNo, ...v}})),
    onSuccess: r => {
      show(r)
      close()
    },
    onError: landing.land,
  })
  return (
    <Dialog title={`查看${party.name}的完整信息`} close={close}
      foot={<Button type="primary" size="large" htmlType="submit" form="reveal-form" loading={ask.isPending}>查看</Button>}>
      <Form id="reveal-form" form={form} layout="vertical" onFinish={(v: Asked) => ask.mutate(v)}>
        <p className="action-intro">谁、什么时候、为什么查看，都会记入查阅记录，当事人可以要求知道。</p>
        {landing.said && <Alert type="error" showIcon className="action-note" role="alert" title={landing.said.message}/>}
        <Form.Item name="fields" label="要看什么" rules={[{required: true, message: '请勾选要看的内容'}]}>
          <Ticks options={options} label="要看什么"/>
        </Form.Item>
        <Form.Item name="reason" label="查看理由" rules={[{required: true, message: '请选择理由'}]}>
          <CodeField dictionary="revealReason" label="查看理由"/>
        </Form.Item>
      </Form>
    </Dialog>
  )
}
