import {useMutation, useQuery, useQueryClient, useSuspenseQuery} from '@tanstack/react-query'
import {Alert, Button, Form, Segmented} from 'antd'
import {useEffect, useRef, useState} from 'react'
import {useBlocker, useSearchParams} from 'react-router'
import {api, type Case, data, type Schemas} from '../../api/client.ts'
import {caseQuery, meQuery} from '../../api/queries.ts'
import {mayEnter} from '../../app/rooms.ts'
import {today} from '../../lib/days.ts'
import {useEnterMoves} from '../../lib/enter.ts'
import {Intent} from '../../lib/once.ts'
import {useLanding} from '../../parts/landing.ts'
import {Dialog} from '../../parts/dialog.tsx'
import {Card, Loading, Page, Said} from '../../parts/page.tsx'
import {Dispute, More, Outcome} from './dispute.tsx'
import {Parties} from './parties.tsx'
import {Saved} from './saved.tsx'
import {Similar} from './similar.tsx'
import {clueRegistration, fromClue, type IntakeValues, registration, settlement, start} from './values.ts'
import '../../styles/intake.css'

type Registered = {answer: Schemas['Registered']; earlier: boolean}

// Component takes a dispute in, or one that was settled on the spot: one page, by keyboard from top to bottom. Nothing
// of it is kept in the browser.
export function Component() {
  const {data: me} = useSuspenseQuery(meQuery)
  const [saved, setSaved] = useState<Registered>()
  const [round, setRound] = useState(0)
  if (!mayEnter(me, 'register')) {
    return <Page title="登记纠纷"><Card title="不能登记"><p>您所在的机构（{me.current.organisation.name}）不属于任何人民调解委员会，不能登记纠纷。</p></Card></Page>
  }
  if (saved) {
    return <Saved {...saved} again={() => {
      setSaved(undefined)
      setRound(round + 1)
    }}/>
  }
  return <Begin key={round} done={setSaved}/>
}

// Begin fetches the clue that becomes a case, where there is one.
function Begin({done}: {done: (r: Registered) => void}) {
  const [params] = useSearchParams()
  const id = params.get('clue')
  const {data: clue, error} = useQuery({...caseQuery(id ?? ''), enabled: id !== null})
  if (error) return <Page title="登记纠纷"><Said error={error}/></Page>
  if (id !== null && !clue) return <Page title="登记纠纷"><Loading/></Page>
  return <Intake clue={clue} done={done}/>
}

function Intake({clue, done}: {clue?: Case; done: (r: Registered) => void}) {
  const [params, setParams] = useSearchParams()
  const instant = !clue && params.get('instant') === '1'
  const cache = useQueryClient()
  const [form] = Form.useForm<IntakeValues>()
  const [initial] = useState(() => clue ? fromClue(clue, today()) : start(today()))
  const landing = useLanding(form)
  const enter = useEnterMoves()
  const [intent] = useState(() => new Intent())
  const {typedRef, question} = useGuard()

  const save = useMutation({
    mutationFn: (v: IntakeValues): Promise<Registered> => clue
      ? intent.run(clueRegistration(v), (body, key) => data(api.POST('/cases/{caseId}/register', {
        params: {path: {caseId: clue.id}, header: {'If-Match': `"${clue.version}"`, 'Idempotency-Key': key}}, body,
      })))
      : instant
      ? intent.run(settlement(v), (body, key) => data(api.POST('/cases/instant-settlements', {params: {header: {'Idempotency-Key': key}}, body})))
      : intent.run(registration(v), (body, key) => data(api.POST('/cases', {params: {header: {'Idempotency-Key': key}}, body}))),
    onSuccess: r => {
      typedRef.current = false
      cache.setQueryData(caseQuery(r.answer.case.id).queryKey, r.answer.case)
      void cache.invalidateQueries({queryKey: ['cases']})
      done(r)
    },
    onError: landing.land,
  })

  return (
    <Page title={clue ? '线索登记为纠纷' : instant ? '即时化解' : '登记纠纷'} below={clue ? `线索 ${clue.demandNo}` : instant ? '当场说和、当场履行的纠纷，一次登记，同时受理、记录口头协议和履行。' : '标“可不填”的可以以后补充。'}
      beside={!clue && <Segmented aria-label="登记方式" value={instant ? 'instant' : 'register'} size="large"
        options={[{value: 'register', label: '登记纠纷'}, {value: 'instant', label: '即时化解'}]}
        onChange={v => setParams(v === 'instant' ? {instant: '1'} : {}, {replace: true})}/>}>
      <Form form={form} layout="vertical" initialValues={initial} onKeyDownCapture={enter} autoComplete="off" name="intake"
        onValuesChange={() => {
          typedRef.current = true
        }}
        onFinish={() => save.mutate(form.getFieldsValue(true) as IntakeValues)} scrollToFirstError={{block: 'center', focus: true}}>
        {landing.said && <Alert type="error" showIcon className="action-note" role="alert" title={landing.said.message}/>}
        <Parties/>
        <Dispute instant={instant}/>
        {!clue && <Similar/>}
        {instant && <Outcome/>}
        <More instant={instant} clue={clue !== undefined}/>
        <div className="intake-end">
          <p className="faint">回车到下一项；多行文字里换行按 Shift+回车；Ctrl+回车直接提交。</p>
          <Button type="primary" size="large" htmlType="submit" data-stop loading={save.isPending}>{instant ? '登记并办结' : '登记'}</Button>
        </div>
      </Form>
      {question}
    </Page>
  )
}

// useGuard asks before what was typed is left behind.
function useGuard() {
  const typedRef = useRef(false)
  const blocker = useBlocker(({currentLocation, nextLocation}) => typedRef.current && currentLocation.pathname !== nextLocation.pathname)
  useEffect(() => {
    const warn = (e: BeforeUnloadEvent) => {
      if (typedRef.current) e.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [])
  const question = blocker.state === 'blocked' && (
    <Dialog title="离开后，填写的内容不会保留" close={() => blocker.reset()}
      foot={<Button danger size="large" onClick={() => blocker.proceed()}>离开</Button>}>
      <p>还没有登记。要接着填写，请点“返回”。</p>
    </Dialog>
  )
  return {typedRef, question}
}
