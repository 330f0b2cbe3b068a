import {PrinterOutlined} from '@ant-design/icons'
import {Alert, Button} from 'antd'
import {useEffect, useRef} from 'react'
import {Link} from 'react-router'
import type {Schemas} from '../../api/client.ts'
import {byDay} from '../../lib/days.ts'
import {volumeAt} from '../../lib/papers.ts'
import {Card, Page} from '../../parts/page.tsx'
import {Slips} from './slips.tsx'

// Saved shows what the parties take home, and what comes next. The secrets are in no other place.
export function Saved({answer: {case: c, slip}, earlier, again}: {answer: Schemas['Registered']; earlier: boolean; again: () => void}) {
  const print = useRef<HTMLButtonElement>(null)
  useEffect(() => print.current?.focus(), [])
  const next = c.deadlines.filter(d => !d.endedOn).sort(byDay)[0]
  return (
    <Page title={c.instant ? '已登记并化解' : '已登记'} below={`${c.typeName} · ${c.committee.name}`}>
      {earlier && <Alert type="info" showIcon className="action-note" title="前一次提交其实已经登记成功，没有重复登记。之后改动的内容没有记入，请在案件页用“更正登记”补上。"/>}
      <Card title="需求编号">
        <p className="saved-number number" role="status">{slip.demandNo}</p>
        {c.fileNo && <p>案号 <b className="number">{c.fileNo}</b></p>}
      </Card>
      <Card title="交给当事人的凭条" beside={<Button ref={print} type="primary" size="large" icon={<PrinterOutlined/>} onClick={() => window.print()}>打印凭条（每方一张）</Button>}>
        <Alert type="warning" showIcon className="action-note" title="查询码只在这里出现一次，离开本页后不能再看到。请现在打印或抄给本人，各方的不要互换。"/>
        <table className="secrets"><thead><tr><th scope="col">当事人</th><th scope="col">查询码</th></tr></thead>
          <tbody>{slip.parties.map(p => <tr key={p.partyNo}><th scope="row">{p.name}</th><td className="number">{p.trackingSecret}</td></tr>)}</tbody></table>
      </Card>
      <Card title="接下来">
        <ol className="next">
          {next?.dueOn && <li>{next.name}到 <b className="number">{next.dueOn}</b> 为止。</li>}
          {c.availableActions.length > 0 && <li>您现在可以办理：{c.availableActions.map(a => a.label).join('、')}。</li>}
          {c.availableActions.length === 0 && <li>由{c.committee.name}继续办理。</li>}
        </ol>
        <p className="next-links">
          <Link className="main-button" to={`/cases/${c.id}`}>打开案件</Link>
          <a className="plain-button" href={volumeAt(c.id, ...(c.instant ? ['register', 'notice', 'oral_agreement'] : ['application', 'register', 'notice']))}
            target="_blank" rel="noreferrer">{c.instant ? '打印登记表、告知书和口头协议登记表' : '打印申请书、登记表和告知书'}</a>
          <button className="plain-button" onClick={again}>再登记一件</button>
          <Link className="plain-button" to="/">回到首页</Link>
        </p>
      </Card>
      <Slips slip={slip} typeName={c.typeName}/>
    </Page>
  )
}
