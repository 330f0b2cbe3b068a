import {Button, Form, Input, Select} from 'antd'
import {Choice, useCodes} from '../../actions/choices.tsx'
import {today} from '../../lib/days.ts'
import {readCard} from '../../lib/idnumber.ts'
import {Card} from '../../parts/page.tsx'
import type {PartyValues} from './values.ts'

// Parties: an applicant and a respondent at least; each in one row.
export function Parties() {
  return (
    <Form.List name="parties">{(rows, {add, remove}) => (
      <Card title="当事人" beside={<Button onClick={() => add({role: 'third', kind: 'natural'})}>添加当事人</Button>}>
        {rows.map(({name, key}) => <Party key={key} row={name} remove={rows.length > 2 ? () => remove(name) : undefined}/>)}
      </Card>
    )}</Form.List>
  )
}

function Party({row, remove}: {row: number; remove?: () => void}) {
  const roles = useCodes('partyRole'), kinds = useCodes('partyKind')
  const party = Form.useWatch<PartyValues | undefined>(['parties', row])
  const natural = (party?.kind ?? 'natural') === 'natural'
  const title = roles.find(r => r.value === party?.role)?.label ?? '当事人'
  const nth = row < 2 ? title : `${title}（第${row + 1}方）`
  return (
    <fieldset className="party-row" aria-label={nth}>
      <div className="party-kinds" data-skip>
        {row < 2
          ? <><strong className="party-title" aria-hidden>{nth}</strong><Form.Item name={[row, 'role']} hidden><Input type="hidden"/></Form.Item></>
          : <Form.Item name={[row, 'role']} noStyle><Select options={roles} virtual={false} aria-label="当事人地位" className="party-role"/></Form.Item>}
        <Form.Item name={[row, 'kind']} noStyle><Select options={kinds} virtual={false} variant="borderless" aria-label={`${nth}的类别`}/></Form.Item>
        {remove && <Button type="link" danger onClick={remove}>删除</Button>}
      </div>
      <div className="party-fields">
        <Form.Item name={[row, 'name']} label={natural ? '姓名' : '名称'} rules={[{required: true, whitespace: true, message: natural ? '请填写姓名' : '请填写名称'}]}>
          <Input maxLength={120} autoFocus={row === 0}/>
        </Form.Item>
        <Form.Item name={[row, 'phone']} label="电话"><Input inputMode="tel" maxLength={30}/></Form.Item>
        {natural ? <CardNumber row={row}/> : (
          <Form.Item name={[row, 'idNumber']} label="统一社会信用代码"><Input maxLength={40} spellCheck={false}/></Form.Item>
        )}
        <Form.Item name={[row, 'address']} label="住址"><Input maxLength={200}/></Form.Item>
      </div>
      {natural && <MoreOfParty row={row} who={nth}/>}
    </fieldset>
  )
}

// MoreOfParty is what only the forms print: asked for on request, so that intake stays short.
function MoreOfParty({row, who}: {row: number; who: string}) {
  const ethnicities = useCodes('ethnicity')
  return (
    <details className="party-more" data-skip>
      <summary aria-label={`${who}：更多民族、职业、工作单位`}>更多<span className="optional">民族、职业、工作单位</span></summary>
      <div className="party-fields thirds">
        <Form.Item name={[row, 'ethnicity']} label="民族"><Choice options={ethnicities} allowClear placeholder="可输入拼音首字母"/></Form.Item>
        <Form.Item name={[row, 'occupation']} label="职业或职务"><Input maxLength={60}/></Form.Item>
        <Form.Item name={[row, 'workplace']} label="工作单位"><Input maxLength={200}/></Form.Item>
      </div>
    </details>
  )
}

// CardNumber reads sex and birthday out of a resident's number and warns of a slip of the finger at once.
function CardNumber({row}: {row: number}) {
  const number = Form.useWatch<string | undefined>(['parties', row, 'idNumber']) ?? ''
  const read = number.trim().length === 18 ? readCard(number, today()) : undefined
  return (
    <Form.Item name={[row, 'idNumber']} label="公民身份号码" validateTrigger="onBlur"
      extra={typeof read === 'object' ? <span role="status">{read.sex === 1 ? '男' : '女'}，{read.birthday} 出生，{read.age}岁{read.age < 18 && '（未成年人）'}</span> : undefined}
      rules={[{validator: (_, v?: string) => {
        const wrong = v?.trim() ? readCard(v, today()) : undefined
        return typeof wrong === 'string' ? Promise.reject(new Error(wrong)) : Promise.resolve()
      }}]}>
      <Input maxLength={18} spellCheck={false} className="number"/>
    </Form.Item>
  )
}
