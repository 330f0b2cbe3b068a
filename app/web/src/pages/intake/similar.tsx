import {useQuery} from '@tanstack/react-query'
import {Form} from 'antd'
import {useEffect, useState} from 'react'
import {Link} from 'react-router'
import {clean} from '../../actions/body.ts'
import {api, data, type Schemas} from '../../api/client.ts'
import {who} from '../../parts/caseline.tsx'
import type {PartyValues} from './values.ts'

const pause = 900 // milliseconds without a key, so that a slow line is not asked at each

// Similar shows, while somebody types, what may be the same matter. It never keeps anybody from registering.
export function Similar() {
  const parties = Form.useWatch<PartyValues[] | undefined>('parties')
  const place = Form.useWatch<string | undefined>('place'), facts = Form.useWatch<string | undefined>('facts')
  const typed = JSON.stringify(clean({
    place, facts, parties: (parties ?? []).map(p => ({kind: p.kind, name: p.name, idNumber: p.idNumber, phone: p.phone})),
  }))
  const [asked, setAsked] = useState<string>()
  useEffect(() => {
    const still = setTimeout(() => setAsked(typed), pause)
    return () => clearTimeout(still)
  }, [typed])
  const matter = asked ? JSON.parse(asked) as Schemas['TypedMatter'] : undefined
  const enough = matter?.parties?.some(p => p.name && p.name.length > 1)
  const {data: found} = useQuery({
    queryKey: ['similar', asked],
    queryFn: () => data(api.POST('/cases/similar', {body: matter ?? {}})),
    enabled: enough === true, gcTime: 0, retry: false, staleTime: Infinity,
  })
  return (
    <div role="status">
      {enough && found && found.items.length > 0 && (
        <div className="similar">
          <p><strong>可能已经登记过，请先看看：</strong></p>
          <ul>{found.items.map(s => (
            <li key={s.demandNo}>
              {s.case ? <Link to={`/cases/${s.case.id}`} target="_blank">{s.case.fileNo ?? s.demandNo}</Link> : <span className="number">{s.demandNo}</span>}
              {' '}{s.case ? `${who(s.case)} · ${s.case.typeName} · ${s.case.statusName}` : s.committee.name}
              <span className="faint">（{s.reasons.map(r => r.label).join('，')}）</span>
            </li>
          ))}</ul>
        </div>
      )}
    </div>
  )
}
