import {useQuery} from '@tanstack/react-query'
import {Checkbox, Input} from 'antd'
import {useId} from 'react'
import {useSearchParams} from 'react-router'
import type {Schemas} from '../../api/client.ts'
import {ratesQuery} from '../../api/queries.ts'
import {moment, month, today} from '../../lib/days.ts'
import {Card, Loading, Page, Said} from '../../parts/page.tsx'
import {Headline} from './headline.tsx'
import '../../styles/rates.css'

// Component shows R1 with all that makes it honest: what it counts, what it leaves out, how sure it is.
export function Component() {
  const [params, setParams] = useSearchParams()
  const id = useId()
  const from = params.get('from') ?? month(today(), -5), to = params.get('to') ?? month(today())
  const byArea = params.get('by') === 'area'
  const {data, error, refetch} = useQuery(ratesQuery({from, to, ...byArea && {by: 'area'}}))
  const set = (name: string, value: string) => {
    const p = new URLSearchParams(params)
    if (value) p.set(name, value)
    else p.delete(name)
    setParams(p, {replace: true})
  }
  return (
    <Page title={data?.measure.name ?? '调解成功率'} below={data && <>{data.areaName} · 数据截至 <span className="number">{moment(data.asOf)}</span></>}>
      <search className="period">
        <div><label htmlFor={`${id}-from`}>从</label>
          <Input id={`${id}-from`} type="month" value={from} max={to} onChange={e => set('from', e.target.value)}/></div>
        <div><label htmlFor={`${id}-to`}>到</label>
          <Input id={`${id}-to`} type="month" value={to} min={from} max={month(today())} onChange={e => set('to', e.target.value)}/></div>
        <Checkbox checked={byArea} onChange={e => set('by', e.target.checked ? 'area' : '')}>按下级区划分列</Checkbox>
      </search>
      {error ? <Said error={error} again={() => void refetch()}/> : !data ? <Loading/> : <>
        <Headline rates={data}/>
        <Card title="按月"><Months head="月份" rows={data.months.map(m => ({name: m.month, rate: m.rate}))}/></Card>
        {data.areas && <Card title="按区划"><Months head="区划" rows={data.areas.map(a => ({name: a.areaName, rate: a.total}))}/></Card>}
      </>}
    </Page>
  )
}

type Rate = Schemas['Rate']

function Months({head, rows}: {head: string; rows: {name: string; rate: Rate}[]}) {
  return (
    // a region that scrolls can be reached by keyboard
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll" tabIndex={0} role="region" aria-label={`成功率，按${head}`}>
      <table className="figures">
        <thead><tr><th scope="col">{head}</th><th scope="col">成功率</th><th scope="col">95%区间</th><th scope="col">成功件数</th><th scope="col">计入件数</th>
          <th scope="col">不计撤回</th><th scope="col">不计入</th></tr></thead>
        <tbody>{rows.map(({name, rate}) => (
          <tr key={name}>
            <th scope="row">{name}</th><td><b>{rate.display}</b></td><td>{interval(rate)}</td><td>{rate.numerator}</td><td>{rate.denominator}</td>
            <td>{rate.withoutWithdrawn.display}</td><td>{rate.exclusions.reduce((n, x) => n + x.count, 0)}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  )
}

export function interval(rate: Rate): string {
  if (!rate.interval) return '—'
  const percent = (x: number) => `${(x * 100).toFixed(1)}%`
  return `${percent(rate.interval.low)} 至 ${percent(rate.interval.high)}`
}
