import {useQuery} from '@tanstack/react-query'
import {Checkbox, Radio, Select, type SelectProps} from 'antd'
import type {Case, Schemas} from '../api/client.ts'
import {dictionariesQuery, mediatorsQuery} from '../api/queries.ts'
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

export function CodesField({dictionary, ...control}: {dictionary: string} & Control<string[]>) {
  const options = useCodes(dictionary)
  return <Checkbox.Group {...control} options={options} className="choices"/>
}

export function MediatorsField({committee, ...control}: {committee: number} & Control<number[]>) {
  const {data} = useQuery(mediatorsQuery(committee))
  const options = data?.items.map(s => ({value: s.person.id, label: s.person.name}))
  return <Choice<number[]> mode="multiple" options={options} loading={!data} placeholder="选择调解员" {...control}/>
}

// partyOptions names the parties of a case; they are numbered by the service.
export function partyOptions(c: Case) {
  return c.parties.map(p => ({value: p.partyNo, label: `${roleNames[p.role]} ${p.name}`}))
}

export function PartyField({c, ...control}: {c: Case} & Control<number>) {
  return <Select {...control} virtual={false} options={partyOptions(c)} placeholder="选择当事人"/>
}

export function PartiesField({c, ...control}: {c: Case} & Control<number[]>) {
  return <Checkbox.Group {...control} options={partyOptions(c)} className="choices"/>
}
