import {useQuery} from '@tanstack/react-query'
import {Checkbox, Radio, Select, type SelectProps} from 'antd'
import {useDeferredValue, useState} from 'react'
import type {Case, Schemas} from '../api/client.ts'
import {committeesQuery, dictionariesQuery, mediatorsQuery, roomsQuery} from '../api/queries.ts'
import {moment} from '../lib/days.ts'
import {useTypeAhead} from '../lib/search.ts'

export const roleNames: Record<Schemas['PartyRole'], string> = {applicant: '申请人', respondent: '被申请人', third: '第三人'}

// useCodes are the entries of a dictionary, or those of them that an action takes.
export function useCodes(name: string, only?: string[]) {
  const {data} = useQuery(dictionariesQuery)
  const entries = data?.get(name)?.entries ?? []
  return entries.filter(e => !only || only.includes(e.code)).map(e => ({value: e.code, label: e.label}))
}

type Control<V> = {id?: string; value?: V; onChange?: (v: V) => void}

const fewest = 8

// CodeField shows few choices at once, and many in a list that is searched by characters or pinyin.
export function CodeField({dictionary, only, label, ...control}: {dictionary: string; only?: string[]; label: string} & Control<string>) {
  const options = useCodes(dictionary, only)
  if (options.length > fewest) return <Choice options={options} placeholder="可输入文字或拼音首字母" {...control}/>
  const {id, value, onChange} = control
  return <Radio.Group id={id} value={value} aria-label={label} options={options} onChange={e => onChange?.(e.target.value as string)} className="choices"/>
}

// Choice is a select that is searched by characters, pinyin or its initials; the first hit is taken by Enter.
export function Choice<V>(props: SelectProps<V>) {
  const match = useTypeAhead()
  return (
    <Select<V> virtual={false} {...props} showSearch={{
      optionFilterProp: 'label',
      filterOption: (typed, o) => typed.trim() === '' || (typeof o?.label === 'string' && match(o.label, typed.trim())),
      ...typeof props.showSearch === 'object' ? props.showSearch : {},
    }}/>
  )
}

export function CodesField({dictionary, label, ...control}: {dictionary: string; label: string} & Control<string[]>) {
  return <Ticks options={useCodes(dictionary)} label={label} {...control}/>
}

// Ticks is a named group: what a form hands to its inputs besides (aria-required) is not for groups.
export function Ticks<V extends string | number>({options, label, id, value, onChange}: {options: {value: V; label: string}[]; label: string} & Control<V[]>) {
  return <div role="group" aria-label={label} id={id}><Checkbox.Group<V> value={value} onChange={onChange} options={options} className="choices"/></div>
}

export function MediatorsField({committee, ...control}: {committee: number} & Control<number[]>) {
  const {data} = useQuery(mediatorsQuery(committee))
  const options = data?.items.map(s => ({value: s.person.id, label: s.person.name}))
  return <Choice<number[]> mode="multiple" options={options} loading={!data} placeholder="选择调解员" {...control}/>
}

export function MediatorField({committee, ...control}: {committee: number} & Control<number>) {
  const {data} = useQuery(mediatorsQuery(committee))
  const options = data?.items.map(s => ({value: s.person.id, label: s.person.name}))
  return <Choice<number> options={options} loading={!data} placeholder="选择调解员" {...control}/>
}

// OwnMediatorField picks one of those who mediate the case.
export function OwnMediatorField({c, ...control}: {c: Case} & Control<number>) {
  return <Select {...control} virtual={false} options={c.mediators.map(m => ({value: m.id, label: m.name}))} placeholder="选择调解员"/>
}

// CommitteeField finds a committee by part of its name, which the service looks for.
export function CommitteeField(control: Control<number>) {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const {data, isFetching} = useQuery(committeesQuery(q))
  const options = data?.items.map(o => ({value: o.id, label: o.name}))
  return <Choice<number> allowClear options={options} loading={isFetching} placeholder="输入名称的一部分" {...control} showSearch={{onSearch: setTyped}}/>
}

// partyOptions names the parties of a case; they are numbered by the service.
export function partyOptions(c: Case) {
  return c.parties.map(p => ({value: p.partyNo, label: `${roleNames[p.role]} ${p.name}`}))
}

export function PartyField({c, ...control}: {c: Case} & Control<number>) {
  return <Select {...control} allowClear virtual={false} options={partyOptions(c)} placeholder="选择当事人"/>
}

export function RepresentativeField({c, ...control}: {c: Case} & Control<number>) {
  const options = c.representatives.map(r => ({value: r.no, label: r.name}))
  return <Select {...control} allowClear virtual={false} options={options} placeholder="选择代理人"/>
}

// RoomField lists the rooms that are open, those of the case's committee first.
export function RoomField({c, ...control}: {c: Case} & Control<number>) {
  const {data} = useQuery(roomsQuery)
  const own = (r: Schemas['Room']) => Number(r.org.id !== c.committee.id)
  const options = data?.items.filter(r => !r.closedOn).sort((a, b) => own(a) - own(b))
    .map(r => ({value: r.id, label: `${r.org.name} ${r.name}${r.remote ? '（远程视频）' : ''}`}))
  return <Choice<number> allowClear options={options} loading={!data} placeholder="输入单位名称的一部分" {...control}/>
}

export function SessionField({c, ...control}: {c: Case} & Control<number>) {
  const options = c.sessions.filter(s => s.status === 'planned').map(s => ({value: s.no, label: `${moment(s.startsAt)} ${s.place}`}))
  return <Select {...control} allowClear virtual={false} options={options} placeholder="没有事先安排"/>
}

export function PartiesField({c, label, ...control}: {c: Case; label: string} & Control<number[]>) {
  return <Ticks options={partyOptions(c)} label={label} {...control}/>
}
