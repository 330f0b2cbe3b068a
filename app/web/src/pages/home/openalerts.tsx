import {useQuery} from '@tanstack/react-query'
import {Link} from 'react-router'
import {openAlertsQuery} from '../../api/queries.ts'
import {Card, Loading, Nothing, Said} from '../../parts/page.tsx'
import {AlertLine} from '../alerts/alertline.tsx'

// OpenAlerts are the alerts that nobody has seen to yet.
export function OpenAlerts() {
  const {data, error, refetch} = useQuery(openAlertsQuery)
  return (
    <Card title="待处理的提醒" beside={<Link to="/alerts">全部提醒</Link>}>
      {error ? <Said error={error} again={() => void refetch()}/>
        : !data ? <Loading/>
          : data.items.length === 0 ? <Nothing>没有待处理的提醒。</Nothing>
            : <ul className="lines">{data.items.map(a => <AlertLine key={a.id} alert={a}/>)}</ul>}
    </Card>
  )
}
