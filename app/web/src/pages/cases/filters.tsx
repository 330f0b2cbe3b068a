import {Button, Checkbox, Select} from 'antd'
import {useId} from 'react'
import {Choice, useCodes} from '../../actions/choices.tsx'

// Filters stand over the list. Each change is a new address.
export function Filters({params, change}: {params: URLSearchParams; change: (p: URLSearchParams) => void}) {
  const id = useId()
  const statuses = useCodes('caseStatus'), types = useCodes('disputeType'), sources = useCodes('caseSource'), tiers = useCodes('tier')
  const set = (name: string, values: string[]) => {
    const p = new URLSearchParams(params)
    p.delete(name)
    values.forEach(v => p.append(name, v))
    change(p)
  }
  const one = (name: string) => ({
    value: params.get(name) ?? undefined, allowClear: true, onChange: (v?: string) => set(name, v ? [v] : []),
  })
  const tick = (name: string) => ({
    checked: params.get(name) === '1', onChange: (e: {target: {checked: boolean}}) => set(name, e.target.checked ? ['1'] : []),
  })
  return (
    <search className="filters">
      <div><label htmlFor={`${id}-status`}>状态</label>
        <Select id={`${id}-status`} mode="multiple" virtual={false} maxTagCount={2} options={statuses} placeholder="全部" value={params.getAll('status')}
          onChange={(v: string[]) => set('status', v)}/></div>
      <div><label htmlFor={`${id}-type`}>纠纷类型</label>
        <Choice<string> id={`${id}-type`} options={types} placeholder="全部，可输入拼音首字母" {...one('type')}/></div>
      <div><label htmlFor={`${id}-source`}>来源</label>
        <Select id={`${id}-source`} virtual={false} options={sources} placeholder="全部" {...one('source')}/></div>
      <div><label htmlFor={`${id}-tier`}>层级</label>
        <Select id={`${id}-tier`} virtual={false} options={tiers} placeholder="全部" {...one('tier')}/></div>
      <div className="filters-ticks">
        <Checkbox {...tick('overdue')}>只看超期</Checkbox>
        <Checkbox {...tick('mine')}>只看我调解的</Checkbox>
        {[...params.keys()].length > 0 && <Button type="link" onClick={() => change(new URLSearchParams())}>清除条件</Button>}
      </div>
    </search>
  )
}
