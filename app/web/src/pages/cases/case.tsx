import {useQuery, useSuspenseQuery} from '@tanstack/react-query'
import {Alert} from 'antd'
import {useParams} from 'react-router'
import {dictionariesQuery, caseQuery, meQuery} from '../../api/queries.ts'
import {Loading, Page, Said} from '../../parts/page.tsx'
import {StatusTag} from '../../parts/status.tsx'
import {Accesses} from './accesses.tsx'
import {Actions} from './actions.tsx'
import {Agreements} from './agreements.tsx'
import {ConfirmationAdvice} from './confirmation.tsx'
import {Attachments} from './attachments.tsx'
import {Clocks} from './clocks.tsx'
import {Confided} from './confided.tsx'
import {Dangers} from './dangers.tsx'
import {Facts} from './facts.tsx'
import {LifeLine} from './lifeline.tsx'
import {Matters} from './matters.tsx'
import {Papers} from './papers.tsx'
import {Parties} from './parties.tsx'
import {Contacts, Invited, Mediators, Notices} from './team.tsx'
import {Sessions} from './sessions.tsx'
import {Timeline} from './timeline.tsx'
import '../../styles/case.css'
import '../../styles/actions.css'

// Component is the page of one case: where it stands, what can be done, until when, who, what, and all that happened.
export function Component() {
  const {caseId = ''} = useParams()
  const {data: me} = useSuspenseQuery(meQuery)
  const {data: c, error, refetch} = useQuery(caseQuery(caseId))
  const {data: words} = useQuery(dictionariesQuery)
  if (error && !c) return <Page title="案件"><Said error={error} again={() => void refetch()}/></Page>
  if (!c) return <Page title="案件"><Loading/></Page>
  const word = (dictionary: string, code?: string) => code && (words?.get(dictionary)?.entries.find(e => e.code === code)?.label ?? code)
  return (
    <Page title={c.fileNo ?? `需求 ${c.demandNo}`} below={<p className="case-below">
      <StatusTag status={c.status} name={c.statusName}/>
      <span>{c.typeName}</span>
      <span>{c.committee.name}</span>
      {c.fileNo && <span className="number">需求编号 {c.demandNo}</span>}
      {c.instant && <span className="tag tag-good">即时化解</span>}
      {c.origin !== 'live' && <span className="tag tag-done">{word('caseOrigin', c.origin)}</span>}
      {c.confidentiality !== 'ordinary' && <span className="tag tag-bad">{word('confidentiality', c.confidentiality)}</span>}
    </p>}>
      {c.risks.length > 0 && <Alert className="case-risk" type="warning" showIcon
        title={`风险：${c.risks.map(r => word('risk', r)).join('、')}`}/>}
      <LifeLine c={c} word={word}/>
      <div className="case-grid">
        <div>
          <Actions c={c} me={me}/>
          <Clocks c={c}/>
          <Matters c={c}/>
        </div>
        <div>
          <Dangers c={c} word={word}/>
          <Facts c={c} word={word}/>
          <Parties c={c} me={me} word={word}/>
          <Mediators c={c} word={word}/>
          <Invited c={c} word={word}/>
          <Contacts c={c} word={word}/>
          <Notices c={c} word={word}/>
          <Sessions c={c} word={word}/>
          <Confided c={c} me={me} word={word}/>
          {c.agreements.length > 0 && <Agreements c={c} word={word}/>}
          {c.agreements.some(a => a.form === 'written' && a.effectiveOn) && <ConfirmationAdvice c={c}/>}
          <Attachments c={c} word={word}/>
          <Papers c={c}/>
          <Timeline caseId={c.id}/>
          <Accesses caseId={c.id}/>
        </div>
      </div>
    </Page>
  )
}

export type Word = (dictionary: string, code?: string) => string | undefined
