import {useInfiniteQuery} from '@tanstack/react-query'
import {useState} from 'react'
import {caseAccessesQuery} from '../../api/queries.ts'
import {Card, Loading, Said} from '../../parts/page.tsx'
import {AccessLine} from '../../parts/accessline.tsx'

// Accesses are who looked at this case; asked for only when somebody wants to know.
export function Accesses({caseId}: {caseId: string}) {
  const [open, setOpen] = useState(false)
  return (
    <Card title="谁看过本案" beside={<button type="button" className="plain-button" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? '收起' : '查看'}</button>}>
      {open ? <List caseId={caseId}/> : <p className="faint">每次打开案件、查看完整信息都有记录。</p>}
    </Card>
  )
}

function List({caseId}: {caseId: string}) {
  const {data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage} = useInfiniteQuery(caseAccessesQuery(caseId))
  if (error) return <Said error={error} again={() => void refetch()}/>
  if (!data) return <Loading/>
  return (
    <>
      <ul className="lines">{data.pages.flatMap(p => p.items).map(a => <AccessLine key={a.id} a={a}/>)}</ul>
      {hasNextPage && <p className="more"><button className="plain-button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>再显示20条</button></p>}
    </>
  )
}
