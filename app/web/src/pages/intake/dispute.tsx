import {Button, Checkbox, Form, Input, InputNumber, Radio, Select} from 'antd'
import {Choice, useCodes} from '../../actions/choices.tsx'
import {moveOn} from '../../lib/enter.ts'
import {Card} from '../../parts/page.tsx'
import {AreaField} from './area.tsx'
import type {PartyValues} from './values.ts'

const must = (message: string) => [{required: true, message}]

// Dispute is what happened, where, and whether it is dangerous.
export function Dispute({instant}: {instant: boolean}) {
  const types = useCodes('disputeType'), risks = useCodes('risk')
  return (
    <Card title="纠纷">
      <div className="intake-fields">
        <Form.Item name="type" label="纠纷类型" rules={must('请选择纠纷类型')}>
          <Choice<string> options={types} placeholder="输入文字或拼音首字母，如 ll" onSelect={moveOn}/>
        </Form.Item>
        <Form.Item name="place" label="发生地点" rules={[{required: true, whitespace: true, message: '请填写发生地点'}]}>
          <Input maxLength={200} placeholder="小区、院落、村组，越具体越好"/>
        </Form.Item>
      </div>
      <Form.Item name="facts" label="简要情况" rules={[{required: true, whitespace: true, message: '请填写简要情况'}]}>
        <Input.TextArea rows={3} maxLength={5000} placeholder="什么时候、因为什么事、现在怎样"/>
      </Form.Item>
      {!instant && <Form.Item name="risks" label="风险情形" required={false} extra="有的就勾选，没有不勾">
        <Checkbox.Group options={risks} className="choices"/>
      </Form.Item>}
    </Card>
  )
}

// Outcome is how it was settled on the spot.
export function Outcome() {
  const manners = useCodes('manner')
  const parties = Form.useWatch<PartyValues[] | undefined>('parties') ?? []
  const who = parties.map((p, i) => ({value: i + 1, label: p?.name || `第${i + 1}方`}))
  return (
    <Card title="怎样化解的">
      <Form.Item name="terms" label="协议内容" rules={[{required: true, whitespace: true, message: '请填写协议内容'}]}>
        <Input.TextArea rows={3} maxLength={5000} placeholder="双方怎样说定的"/>
      </Form.Item>
      <Form.List name="obligations">{(rows, {add, remove}) => <>
        {rows.map(({name, key}) => (
          <div className="settled" key={key}>
            <Form.Item name={[name, 'debtor']} label="谁履行" rules={must('请选择')}><Select options={who} virtual={false}/></Form.Item>
            <Form.Item name={[name, 'creditor']} label="向谁" rules={must('请选择')}><Select options={who} virtual={false}/></Form.Item>
            <Form.Item name={[name, 'what']} label="当场履行的内容" rules={must('请填写')}><Input maxLength={1000}/></Form.Item>
            <Form.Item name={[name, 'manner']} label="方式" rules={must('请选择')}><Select options={manners} virtual={false}/></Form.Item>
            <Form.Item name={[name, 'amount']} label="金额（元）"><Input inputMode="decimal"/></Form.Item>
            <Button type="link" danger onClick={() => remove(name)}>删除第{name + 1}项</Button>
          </div>
        ))}
        <Button onClick={() => add({debtor: 2, creditor: 1, manner: 'cash'})}>添加当场履行的内容</Button>
      </>}</Form.List>
    </Card>
  )
}

// More is what has a usual answer: shown on request, sent in any case.
export function More({instant, clue}: {instant: boolean; clue: boolean}) {
  const sources = useCodes('caseSource'), hows = useCodes('requestedHow'), referrers = useCodes('referrer')
  const levels = useCodes('confidentiality', ['ordinary', 'private'])
  const kinds = useCodes('courtReferralKind')
  const source = Form.useWatch<string | undefined>('source'), referrer = Form.useWatch<string | undefined>('referrer')
  return (
    <details className="card intake-more">
      <summary>日期、来源、金额和其他<span className="optional">不改就按今天、当面申请登记</span></summary>
      <div className="intake-fields thirds">
        <Form.Item name={instant ? 'on' : 'requestedOn'} label={instant ? '化解日期' : '申请日期'} rules={must('请填写日期')}><Input type="date"/></Form.Item>
        {!instant && <>
          <Form.Item name="requestedHow" label="申请方式" rules={must('请选择')}><Select options={hows} virtual={false}/></Form.Item>
          {!clue && <Form.Item name="source" label="案件来源" rules={must('请选择')}><Select options={sources} virtual={false}/></Form.Item>}
          {source === 'referred' && <Form.Item name="referrer" label="委托移送单位" rules={must('请选择')}><Select options={referrers} virtual={false}/></Form.Item>}
        </>}
        {!clue && source === 'referred' && referrer === 'court' && <>
          <Form.Item name={['courtReferral', 'kind']} label="法院移送方式" extra="只是建议调解（引导）的不选"><Select options={kinds} virtual={false} allowClear/></Form.Item>
          <Form.Item name={['courtReferral', 'papersOn']} label="签收材料的日期"><Input type="date"/></Form.Item>
          <Form.Item name={['courtReferral', 'caseNo']} label="法院案号"><Input maxLength={60}/></Form.Item>
        </>}
        <Form.Item name="amount" label="涉及金额（元）"><Input inputMode="decimal"/></Form.Item>
        {!instant && <Form.Item name="peopleCount" label="涉及人数"><InputNumber min={1} max={100000} style={{width: '100%'}}/></Form.Item>}
        <Form.Item name="areaId" label="发生在哪个区划"><AreaField/></Form.Item>
      </div>
      {!instant && <Form.Item name="wish" label="当事人要求"><Input.TextArea rows={2} maxLength={2000}/></Form.Item>}
      <Form.Item name="confidentiality" label="保密级别" extra="涉及家庭暴力、未成年人、性、医疗，或者当事人要求保密的，选“隐私”"><Radio.Group options={levels} className="choices"/></Form.Item>
    </details>
  )
}
