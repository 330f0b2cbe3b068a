import {useQuery} from '@tanstack/react-query'
import type {Case, Schemas} from '../../api/client.ts'
import {formsQuery} from '../../api/queries.ts'
import {formAt, volumeAt} from '../../lib/papers.ts'
import {Card} from '../../parts/page.tsx'

// Papers are the official forms that the case can fill in now, to look at and print, or to edit as a text document. Who may
// not print does not see them.
export function Papers({c}: {c: Case}) {
  const {data} = useQuery(formsQuery(c.id))
  if (!data) return null
  return (
    <Card title="文书" beside={<a className="plain-button" href={volumeAt(c.id)} target="_blank" rel="noreferrer">打印整卷</a>}>
      <ul className="papers">
        {data.items.map(f => (
          <li key={`${f.form} ${f.no}`}>
            <a href={formAt(c.id, f.form, f.no)} target="_blank" rel="noreferrer">{f.name}{of(c, f)}</a>
            <a href={formAt(c.id, f.form, f.no, 'docx')} aria-label={`Word：${f.name}${of(c, f)}，下载后可以编辑`}>Word</a>
          </li>
        ))}
      </ul>
      <p className="faint">没有登记的内容在文书上留空，可以手写。打印会记入“谁看过本案”。</p>
    </Card>
  )
}

// of tells one of several from the others.
function of(c: Case, f: Schemas['FormOfCase']) {
  if (f.form === 'notice') return `（${c.parties.find(p => p.partyNo === f.no)?.name ?? f.no}）`
  if (f.form === 'session_notice') return `（${f.on ?? ''} ${c.parties.find(p => p.partyNo === f.no % 100)?.name ?? ''}）`
  if (f.form === 'session_record') return f.on ? `（${f.on}）` : ''
  return f.no > 1 ? `（${f.no}）` : ''
}
