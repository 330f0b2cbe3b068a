import {useQuery, useSuspenseQuery} from '@tanstack/react-query'
import {useDeferredValue, useState} from 'react'
import {areasQuery, meQuery, organisationQuery} from '../../api/queries.ts'
import {Choice} from '../../actions/choices.tsx'

// AreaField offers the areas below one's own, by pinyin too, and finds any other by part of its name.
export function AreaField(control: {id?: string; value?: number; onChange?: (v: number) => void}) {
  const {data: me} = useSuspenseQuery(meQuery)
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const {data: org} = useQuery(organisationQuery(me.current.organisation.id))
  const {data: below} = useQuery({...areasQuery({parent: org?.areaId}), enabled: org !== undefined})
  const {data: found} = useQuery({...areasQuery({q}), enabled: /^\p{Script=Han}{2,}/u.test(q)})
  const all = new Map([...below?.items ?? [], ...found?.items ?? []].map(a => [a.id, a]))
  return (
    <Choice<number> {...control} allowClear options={[...all.values()].map(a => ({value: a.id, label: a.name}))}
      placeholder={org ? `不选就是${org.areaName}` : '不选就是本单位所在地'} showSearch={{onSearch: setTyped}}/>
  )
}
