import {keepPreviousData, useQuery} from '@tanstack/react-query'
import {Form} from 'antd'
import {useEffect, useState} from 'react'
import {api, type Case, data, type Schemas} from '../api/client.ts'
import {today} from '../lib/days.ts'
import {clean} from './body.ts'
import type {Values} from './spec.ts'

type ToCheck = Schemas['TermsToCheck']

const sum = /^(0|[1-9]\d{0,11})(\.\d{1,2})?$/

// toCheck is what is typed so far, without what the service could not read.
export function toCheck(v: Values): ToCheck {
  const readable = (x: Values): Values => Object.fromEntries(Object.entries(x).filter(([k, y]) => k !== 'amount' || sum.test(String(y))))
  const duties = (clean(v.obligations) as Values[] | undefined ?? []).map(o => ({
    ...readable(o), ...(Array.isArray(o.instalments) ? {instalments: (o.instalments as Values[]).map(readable)} : {}),
  }))
  const none = v.noPerformance === true
  return {
    on: typeof v.on === 'string' && v.on !== '' ? v.on : today(), terms: typeof v.terms === 'string' ? v.terms : '',
    noPerformance: none, obligations: none ? [] : duties,
  }
}

// useSettled is a value once it has rested for a while.
function useSettled<T>(value: T, wait: number): T {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(value), wait)
    return () => clearTimeout(timer)
  }, [value, wait])
  return settled
}

// Checked shows each sum as the paper will print it, the total, and what a court could not enforce or confirm. What is only
// not typed yet is left to the form itself.
export function Checked({c}: {c: Case}) {
  const values = Form.useWatch<Values>([], Form.useFormInstance()) ?? {}
  const typed = useSettled(JSON.stringify(toCheck(values)), 500)
  const {data: checked} = useQuery({
    queryKey: ['terms-check', c.id, typed],
    queryFn: () => data(api.POST('/cases/{caseId}/terms-check', {params: {path: {caseId: c.id}}, body: JSON.parse(typed) as ToCheck})),
    placeholderData: keepPreviousData, retry: false, gcTime: 0,
  })
  if (!checked) return null
  const sums = checked.duties.flatMap((d, i) => d.inWords ? [{no: i + 1, inWords: d.inWords}] : [])
  const told = checked.findings.filter(f => !f.stops || ['sum', 'order', 'too_early', 'either_or'].includes(f.code))
  if (sums.length === 0 && told.length === 0) return null
  return (
    <div className="checked" role="status">
      {sums.map(s => <p key={s.no}>第{s.no}项：<b>{s.inWords}</b></p>)}
      {sums.length > 1 && checked.total?.inWords && <p>合计：<b>{checked.total.inWords}</b></p>}
      {told.length > 0 && <ul>
        {told.map(f => <li key={f.pointer + f.code} className={f.stops ? 'bad' : undefined}>{place(f.pointer)}{f.message}{f.basis && <span className="faint">（{f.basis}）</span>}</li>)}
      </ul>}
    </div>
  )
}

// place says in words where a finding is.
function place(pointer: string): string {
  const at = /^\/obligations\/(\d+)(?:\/instalments\/(\d+))?/.exec(pointer)
  if (!at) return pointer === '/terms' ? '协议内容：' : ''
  return `第${Number(at[1]) + 1}项${at[2] ? `第${Number(at[2]) + 1}期` : ''}：`
}
