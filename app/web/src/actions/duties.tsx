import {Button, Form, Input, Select} from 'antd'
import type {Case} from '../api/client.ts'
import {Checked} from './checked.tsx'
import {PartyField, useCodes} from './choices.tsx'
import type {Field} from './spec.ts'

const must = (what: string) => [{required: true, message: `请填写${what}`}]

// Obligations are the duties of an agreement, each with who, to whom, what, how much, where, how and until when; a payment may
// come in instalments. What the service thinks of them stands below while they are typed.
export function Obligations({f, c}: {f: Field; c: Case}) {
  const manners = useCodes('manner')
  const typed = Form.useWatch<{instalments?: unknown[]}[]>(f.name)
  return (
    <fieldset className="rows">
      <legend><p className="rows-title" id="rows-obligations">{f.label}</p></legend>
      <Form.List name={f.name}>{(rows, {add, remove}) => <>
        {rows.map(({name, key}) => {
          const parts = (typed?.[name]?.instalments?.length ?? 0) > 0
          return (
            <div className="row" key={key}>
              <p className="row-who">第{name + 1}项
                {rows.length > 1 && <Button type="link" danger onClick={() => remove(name)}>删除第{name + 1}项</Button>}</p>
              <div className="row-fields">
                <Form.Item name={[name, 'debtor']} label="由谁履行" rules={must('由谁履行')}><PartyField c={c}/></Form.Item>
                <Form.Item name={[name, 'creditor']} label="向谁履行" rules={must('向谁履行')}><PartyField c={c}/></Form.Item>
                <Form.Item name={[name, 'what']} label="履行内容" rules={must('履行内容')} className="row-wide"><Input/></Form.Item>
                <Form.Item name={[name, 'manner']} label="履行方式" rules={must('履行方式')}><Select options={manners} virtual={false}/></Form.Item>
                <Form.Item name={[name, 'amount']} label={parts ? '总金额（元）' : '金额（元）'}><Input inputMode="decimal"/></Form.Item>
                <Form.Item name={[name, 'place']} label="履行地点"><Input placeholder="可不填"/></Form.Item>
                {!parts && <Form.Item name={[name, 'dueOn']} label="履行期限" rules={must('履行期限')}><Input type="date"/></Form.Item>}
              </div>
              <Instalments row={name}/>
            </div>
          )
        })}
        <Button onClick={() => add({})}>再加一项</Button>
      </>}</Form.List>
      <Checked c={c}/>
    </fieldset>
  )
}

function Instalments({row}: {row: number}) {
  return (
    <Form.List name={[row, 'instalments']}>{(parts, {add, remove}) => (
      <div className="instalments">
        {parts.map(({name, key}) => (
          <div className="instalment" key={key}>
            <span>第{name + 1}期</span>
            <Form.Item name={[name, 'dueOn']} rules={must('期限')}><Input type="date" aria-label={`第${row + 1}项第${name + 1}期：期限`}/></Form.Item>
            <Form.Item name={[name, 'amount']} rules={must('金额')}><Input inputMode="decimal" suffix="元" aria-label={`第${row + 1}项第${name + 1}期：金额`}/></Form.Item>
            <Button type="link" danger onClick={() => remove(name)} aria-label={`删除第${row + 1}项第${name + 1}期`}>删除</Button>
          </div>
        ))}
        <Button type="link" onClick={() => { add({}); if (parts.length === 0) add({}) }}>{parts.length === 0 ? '分期付款' : '再加一期'}</Button>
      </div>
    )}</Form.List>
  )
}
