import {Form, Input, InputNumber} from 'antd'
import type {Case} from '../api/client.ts'
import {CodeField, CodesField, CommitteeField, MediatorsField, OwnMediatorField, PartiesField, PartyField, RepresentativeField, RoomField, SessionField} from './choices.tsx'
import {Choices, Corrections, Notices, ObligationChoice, RowChoice, Signatures} from './rows.tsx'
import {Obligations} from './duties.tsx'
import {FileField} from './file.tsx'
import type {Field} from './spec.ts'
import {YesField} from './yes.tsx'

// Fields shows the fields of a form, one below the other; short ones stand side by side where there is room.
export function Fields({fields, c}: {fields: Field[]; c: Case}) {
  return <div className="action-fields">{fields.map(f => <div key={f.name} className={short(f) ? 'half' : 'whole'}><One f={f} c={c}/></div>)}</div>
}

function short(f: Field): boolean {
  return f.kind === 'day' || f.kind === 'moment' || f.kind === 'money' || f.kind === 'count' || f.kind === 'party' || f.kind === 'ownMediator'
}

function One({f, c}: {f: Field; c: Case}) {
  switch (f.kind) {
    case 'notices': return <Notices f={f} c={c}/>
    case 'signatures': return <Signatures f={f} c={c}/>
    case 'obligations': return <Obligations f={f} c={c}/>
    case 'corrections': return <Corrections f={f} c={c}/>
    case 'choices': return <Choices f={f} c={c}/>
    case 'yes': return <YesField f={f}/>
  }
  return (
    <Form.Item name={f.name} label={f.label} extra={f.help} rules={f.optional ? [] : [{required: true, message: `请填写“${f.label}”`}]}>
      {control(f, c)}
    </Form.Item>
  )
}

// control is the input of a field; Form.Item hands it value and onChange.
function control(f: Field, c: Case) {
  switch (f.kind) {
    case 'day': return <Input type="date" min="2000-01-01" max="2199-12-31"/>
    case 'moment': return <Input type="datetime-local" min="2011-01-01T00:00" max="2199-12-31T23:59"/>
    case 'text': return f.rows ? <Input.TextArea rows={f.rows}/> : <Input/>
    case 'money': return <Input inputMode="decimal" suffix="元"/>
    case 'count': return <InputNumber min={1} style={{width: '100%'}}/>
    case 'code': return <CodeField dictionary={f.dictionary} only={f.only} label={f.label}/>
    case 'codes': return <CodesField dictionary={f.dictionary} label={f.label}/>
    case 'mediators': return <MediatorsField committee={c.committee.id}/>
    case 'ownMediator': return <OwnMediatorField c={c}/>
    case 'committee': return <CommitteeField/>
    case 'party': return <PartyField c={c}/>
    case 'representative': return <RepresentativeField c={c}/>
    case 'parties': return <PartiesField c={c} label={f.label}/>
    case 'room': return <RoomField c={c}/>
    case 'session': return <SessionField c={c}/>
    case 'obligation': return <ObligationChoice c={c}/>
    case 'file': return <FileField c={c}/>
    case 'row': return <RowChoice c={c} rows={f.rows}/>
  }
}
