import type {Case} from '../../api/client.ts'
import {Card} from '../../parts/page.tsx'

type Matter = {key: string; title: string; on: string; more?: string; waits?: string}

// Matters are what lies beside the straight way: papers asked for, transfers, requests, suspensions, longer periods. What
// still waits stands first.
export function Matters({c}: {c: Case}) {
  const all = matters(c).sort((a, b) => Number(b.waits !== undefined) - Number(a.waits !== undefined) || b.on.localeCompare(a.on))
  if (all.length === 0) return null
  return (
    <Card title="补正、移送和批准">
      <ul className="lines">
        {all.map(m => (
          <li key={m.key} className="access">
            <p><strong>{m.title}</strong> {m.waits && <span className="tag tag-wait">{m.waits}</span>}</p>
            <p className="faint"><span className="number">{m.on}</span>{m.more && ` · ${m.more}`}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function matters(c: Case): Matter[] {
  return [
    ...c.supplements.map(s => ({
      key: `s${s.supplementNo}`, title: `补正：${s.items.map(i => i.label).join('、')}`, on: s.askedOn,
      more: s.receivedOn ? `${s.receivedOn} 收到` : `最迟 ${s.dueOn} 补来`, waits: s.receivedOn ? undefined : '等待补正',
    })),
    ...c.transfers.map(t => ({
      key: `t${t.transferNo}`, title: `移送${t.to?.name ?? t.toOrgan?.label ?? ''}`, on: t.sentOn,
      more: [t.reason.label, `${t.sentBy.name}移送`, t.answeredOn && `${t.answeredOn} ${t.answerName}`, t.receipt && `回执 ${t.receipt}`].filter(Boolean).join(' · '),
      waits: t.answeredOn ? undefined : t.answerName,
    })),
    ...c.approvals.map(a => ({
      key: `a${a.approvalNo}`, title: a.label, on: a.askedOn,
      more: [a.reason.label, `${a.askedBy.name}申请`, a.decidedOn && `${a.decidedOn} ${a.decidedBy?.name ?? ''}答复`].filter(Boolean).join(' · '),
      waits: a.decidedOn ? undefined : '等待批准',
    })),
    ...c.pauses.map(p => ({
      key: `p${p.pauseNo}`, title: `中止：${p.reason.label}`, on: p.fromOn,
      more: [`${p.approvedBy.name}批准`, p.toOn && `到 ${p.toOn}`].filter(Boolean).join(' · '), waits: p.toOn ? undefined : '中止中',
    })),
    ...c.extensions.map(e => ({key: `e${e.extensionNo}`, title: `调解期限延长到 ${e.untilOn}`, on: e.agreedOn, more: '双方同意'})),
  ]
}
