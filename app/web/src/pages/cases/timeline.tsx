import {useQuery} from '@tanstack/react-query'
import {caseEventsQuery} from '../../api/queries.ts'
import {moment} from '../../lib/days.ts'
import {Card, Loading, Said} from '../../parts/page.tsx'

// Timeline is everything that happened, newest first: what was changed, never the values.
export function Timeline({caseId}: {caseId: string}) {
  const {data, error, refetch} = useQuery(caseEventsQuery(caseId))
  return (
    <Card title="办理记录">
      {error ? <Said error={error} again={() => void refetch()}/> : !data ? <Loading/> : (
        <ol className="timeline">
          {[...data.items].reverse().map(e => (
            <li key={e.seq}>
              <p><strong>{e.label}</strong>{e.reason && `：${e.reason.label}`}
                {e.fromStatus !== e.toStatus && <span className="faint"> → {e.toStatusName}</span>}</p>
              <p className="faint"><span className="number">{e.occurredOn}</span>
                {e.actor && ` · ${e.actor.name}${e.roleName ? `（${e.roleName}）` : ''}`}
                {e.via !== 'session' && (e.via === 'token' ? ' · 由对接系统办理' : ' · 由系统办理')}
                {` · ${moment(e.recordedAt)} 记录`}</p>
              {e.changed.length > 0 && <details><summary>填写或更改了{e.changed.length}项</summary><p className="faint">{e.changed.join('、')}</p></details>}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
