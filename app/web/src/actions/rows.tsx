import {Button, Form, Input, Select} from 'antd'
import type {Case, Schemas} from '../api/client.ts'
import {Choice, MediatorField, PartiesField, roleNames, useCodes} from './choices.tsx'
import {rowOptions} from './agreement.ts'
import {openObligations} from './forms.ts'
import {acting} from './people.ts'
import type {Field, Rows} from './spec.ts'

// Rows: what is asked once for each party, or several times.

type Props = {f: Field; c: Case}

// party is the one a row is about. Rows are made in the order of the parties and carry their numbers.
function party(c: Case, row: number): Schemas['Party'] | undefined {
  return c.parties[row]
}

function Heading({f, id}: {f: Field; id: string}) {
  return <p className="rows-title" id={id}>{f.label}{f.help && <span className="optional">{f.help}</span>}</p>
}

function PartyRows({f, c, children}: Props & {children: (row: number, who: string) => React.ReactNode}) {
  return (
    <fieldset className="rows">
      <legend><Heading f={f} id={`rows-${f.name}`}/></legend>
      <Form.List name={f.name}>{rows => rows.map(({name, key}) => {
        const p = party(c, name)
        const who = p ? `${roleNames[p.role]} ${p.name}` : ''
        return (
          <div className="row" key={key}>
            <p className="row-who">{who}</p>
            <Form.Item name={[name, 'partyNo']} hidden><Input type="hidden"/></Form.Item>
            <div className="row-fields">{children(name, who)}</div>
          </div>
        )
      })}</Form.List>
    </fieldset>
  )
}

export function Notices(props: Props) {
  const options = useCodes('noticeHow')
  return (
    <PartyRows {...props}>{(row, who) => <>
      <Form.Item name={[row, 'how']} label="告知方式" rules={[{required: true, message: '请选择'}]}>
        <Select options={options} virtual={false} aria-label={`${who}：告知方式`}/>
      </Form.Item>
      <Form.Item name={[row, 'on']} label="告知日期" rules={[{required: true, message: '请填写'}]}><Input type="date"/></Form.Item>
    </>}</PartyRows>
  )
}

export function Signatures(props: Props) {
  const options = useCodes('signingMethod')
  return (
    <PartyRows {...props}>{(row, who) => {
      const others = signers(props.c, row)
      return <>
        <Form.Item name={[row, 'method']} label="签署方式" required={false}>
          <Select options={options} virtual={false} allowClear placeholder="未签署" aria-label={`${who}：签署方式`}/>
        </Form.Item>
        <Form.Item name={[row, 'signedOn']} label="签署日期"><Input type="date"/></Form.Item>
        {others.length > 0 && <Form.Item name={[row, 'by']} label="由谁签名">
          <Select options={others} virtual={false} allowClear placeholder="本人" aria-label={`${who}：由谁签名`}/>
        </Form.Item>}
      </>
    }}</PartyRows>
  )
}

// signers are the representatives who may sign for the party of a row; the service checks their powers.
function signers(c: Case, row: number) {
  const p = party(c, row)
  return acting(c).filter(r => r.partyNo === p?.partyNo || r.side !== undefined && r.side === p?.role).map(r => ({value: r.no, label: r.name}))
}

export function Corrections(props: Props) {
  const capacities = useCodes('legalCapacity', ['full', 'limited', 'none'])
  const absences = useCodes('idAbsence'), ethnicities = useCodes('ethnicity')
  return (
    <PartyRows {...props}>{row => {
      const p = party(props.c, row)
      return <>
        <Form.Item name={[row, 'name']} label={p?.kind === 'natural' ? '姓名' : '名称'}><Input placeholder={p?.name} autoComplete="off"/></Form.Item>
        <Form.Item name={[row, 'phone']} label="电话"><Input inputMode="tel" placeholder={p?.phoneMasked} autoComplete="off"/></Form.Item>
        <Form.Item name={[row, 'idNumber']} label="证件号码"><Input placeholder={p?.idNumberMasked} autoComplete="off"/></Form.Item>
        <Form.Item name={[row, 'address']} label="住址"><Input placeholder={p?.addressMasked} autoComplete="off"/></Form.Item>
        {!p?.idNumberMasked && <Form.Item name={[row, 'idAbsent']} label="没有证件号码的原因">
          <Select options={absences} virtual={false} allowClear/>
        </Form.Item>}
        {p?.kind === 'natural' && <>
          <Form.Item name={[row, 'birth']} label="出生日期"><Input type="date"/></Form.Item>
          <Form.Item name={[row, 'capacity']} label="民事行为能力"><Select options={capacities} virtual={false} allowClear/></Form.Item>
          <Form.Item name={[row, 'ethnicity']} label="民族"><Choice options={ethnicities} allowClear placeholder={p.ethnicity?.label}/></Form.Item>
          <Form.Item name={[row, 'occupation']} label="职业或职务"><Input placeholder={p.occupation} autoComplete="off"/></Form.Item>
          <Form.Item name={[row, 'workplace']} label="工作单位"><Input placeholder={p.workplace} autoComplete="off"/></Form.Item>
        </>}
      </>
    }}</PartyRows>
  )
}

// Choices are the mediators whom parties chose themselves, each with those who did; the committee named the others.
export function Choices({f, c}: Props) {
  return (
    <fieldset className="rows">
      <legend><Heading f={f} id="rows-choices"/></legend>
      <Form.List name={f.name}>{(rows, {add, remove}) => <>
        {rows.map(({name, key}) => (
          <div className="row" key={key}>
            <div className="row-fields">
              <Form.Item name={[name, 'mediator']} label="选择了哪一位" rules={[{required: true, message: '请选择调解员'}]}><MediatorField committee={c.committee.id}/></Form.Item>
              <Form.Item name={[name, 'by']} label="由谁选择" className="row-wide" rules={[{required: true, message: '请选择当事人'}]}><PartiesField c={c} label="由谁选择"/></Form.Item>
            </div>
            <Button type="link" danger onClick={() => remove(name)}>删除</Button>
          </div>
        ))}
        <Button onClick={() => add({by: c.parties.map(p => p.partyNo)})}>登记当事人选择的调解员</Button>
      </>}</Form.List>
    </fieldset>
  )
}

// RowChoice picks one of the case's agreements, applications, follow-ups, representatives or dangers.
export function RowChoice({c, rows, ...control}: {c: Case; rows: Rows; value?: number; onChange?: (v: number) => void}) {
  return <Select {...control} virtual={false} options={rowOptions(c, rows)}/>
}

export function ObligationChoice({c, ...control}: {c: Case; value?: number; onChange?: (v: number) => void}) {
  const options = openObligations(c).map(o => ({
    value: o.obligationNo, label: `第${o.obligationNo}项 ${o.what}${o.amount ? ` ${o.amount}元` : ''}（${o.dueOn}前）`,
  }))
  return <Select {...control} virtual={false} options={options}/>
}
