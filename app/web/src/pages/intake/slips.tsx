import {createPortal} from 'react-dom'
import type {Schemas} from '../../api/client.ts'
import {moment} from '../../lib/days.ts'

// Slips exist on paper only: one for each party, with that party's own secret.
export function Slips({slip, typeName}: {slip: Schemas['Slip']; typeName: string}) {
  return createPortal(
    <div className="slips">
      {slip.parties.map(p => (
        <article key={p.partyNo} className="slip">
          <h1>人民调解登记凭条</h1>
          <dl>
            <div><dt>需求编号</dt><dd className="slip-big">{slip.demandNo}</dd></div>
            <div><dt>当事人</dt><dd>{p.name}</dd></div>
            <div><dt>查询码</dt><dd className="slip-big">{p.trackingSecret}</dd></div>
            <div><dt>纠纷类型</dt><dd>{typeName}</dd></div>
            <div><dt>申请日期</dt><dd>{slip.requestedOn}</dd></div>
            <div><dt>登记时间</dt><dd>{moment(slip.registeredAt)}</dd></div>
            <div><dt>调委会</dt><dd>{slip.committee.name}</dd></div>
            {slip.point && <div><dt>受理点</dt><dd>{slip.point.name}</dd></div>}
          </dl>
          <p>人民调解不收取任何费用。查询码只属于您本人，请不要告诉他人；凭需求编号和查询码可以查询办理进度。</p>
        </article>
      ))}
    </div>, document.body)
}
