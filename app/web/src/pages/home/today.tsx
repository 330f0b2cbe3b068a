import {useQuery} from '@tanstack/react-query'
import {Link} from 'react-router'
import {agendaQuery} from '../../api/queries.ts'
import {Card, Loading, Nothing, Said} from '../../parts/page.tsx'
import {SessionLine} from '../../parts/sessionline.tsx'
import '../../styles/agenda.css'

// Today are the sessions of this day: a mediator's own, else those of the cases one answers for.
export function Today({own, today}: {own: boolean; today: string}) {
  const {data, error, refetch} = useQuery(agendaQuery({from: today, to: today, own}))
  const items = data?.items.filter(x => x.status !== 'cancelled').slice(0, 8)
  return (
    <Card title="今天的调解会" beside={<Link to="/agenda">调解日程</Link>}>
      {error ? <Said error={error} again={() => void refetch()}/>
        : !items ? <Loading/>
          : items.length === 0 ? <Nothing>今天没有安排调解会。</Nothing>
            : <ul className="lines">{items.map(x => <SessionLine key={`${x.caseId}/${x.sessionNo}`} x={x}/>)}</ul>}
    </Card>
  )
}
