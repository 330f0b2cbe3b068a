import {useMutation, useSuspenseQuery} from '@tanstack/react-query'
import {Button, Form, Input} from 'antd'
import {useNavigate} from 'react-router'
import {api, data} from '../api/client.ts'
import {meQuery} from '../api/queries.ts'
import {queries} from '../app/cache.ts'
import {watch} from '../app/lock.ts'
import {moment} from '../lib/days.ts'
import {Card, Page, Said} from '../parts/page.tsx'
import {useLanding} from '../parts/landing.ts'
import {toast} from '../parts/toast.tsx'
import '../styles/signin.css'

// Account is what somebody may do with their own sign-in.
export function Component() {
  const {data: me} = useSuspenseQuery(meQuery)
  return (
    <Page title="我的账号" below={<>{me.name}（{me.login}）{me.expiresAt && <>，本次登录最迟到 {moment(me.expiresAt)}</>}</>}>
      {me.assignments.length > 1 && <Posts/>}
      <Password/>
      <Everywhere/>
    </Page>
  )
}

function Posts() {
  const {data: me} = useSuspenseQuery(meQuery)
  const navigate = useNavigate()
  const change = useMutation({
    mutationFn: (assignmentId: number) => data(api.PUT('/session/assignment', {body: {assignmentId}})),
    onSuccess: now => {
      queries.clear() // what the other post could read
      queries.setQueryData(meQuery.queryKey, now)
      watch(now)
      void navigate('/')
    },
  })
  return (
    <Card title="切换岗位">
      {change.error && <Said error={change.error}/>}
      <ul className="posts">
        {me.assignments.map(p => (
          <li key={p.id}>
            <button className="post" disabled={change.isPending || p.id === me.current.id} onClick={() => change.mutate(p.id)}>
              <strong>{p.roleName}{p.id === me.current.id && '（当前）'}</strong><span>{p.organisation.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  )
}

type Passwords = {oldPassword: string; newPassword: string; again: string}

function Password() {
  const [form] = Form.useForm<Passwords>()
  const landing = useLanding(form)
  const change = useMutation({
    mutationFn: ({oldPassword, newPassword}: Passwords) => data(api.PUT('/session/password', {body: {oldPassword, newPassword}})),
    onSuccess: () => {
      form.resetFields()
      toast('密码已修改，其他设备上的登录已经退出')
    },
    onError: landing.land,
  })
  return (
    <Card title="修改密码">
      <Form form={form} layout="vertical" style={{maxWidth: '26rem'}} onFinish={(v: Passwords) => change.mutate(v)}>
        {landing.said && <Said error={landing.said}/>}
        <Form.Item name="oldPassword" label="原密码" rules={[{required: true, message: '请输入原密码'}]}>
          <Input.Password autoComplete="current-password" visibilityToggle={false}/>
        </Form.Item>
        <Form.Item name="newPassword" label="新密码" extra="至少10个字符，不能包含登录名" rules={[{required: true, message: '请输入新密码'}]}>
          <Input.Password autoComplete="new-password" visibilityToggle={false}/>
        </Form.Item>
        <Form.Item name="again" label="再输入一次新密码" dependencies={['newPassword']} rules={[{required: true, message: '请再输入一次'},
          ({getFieldValue}) => ({
            validator: (_, v) => !v || v === getFieldValue('newPassword') ? Promise.resolve() : Promise.reject(new Error('两次输入的不一样')),
          })]}>
          <Input.Password autoComplete="new-password" visibilityToggle={false}/>
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>修改密码</Button>
      </Form>
    </Card>
  )
}

function Everywhere() {
  const out = useMutation({
    mutationFn: () => data(api.DELETE('/sessions', {params: {query: {}}})),
    onSuccess: () => window.location.assign('/work/signin'),
  })
  return (
    <Card title="在所有设备上退出">
      <p style={{marginBottom: '.8rem'}}>手机丢了，或者在别人的电脑上忘了退出时使用。本机也会退出。</p>
      {out.error && <Said error={out.error}/>}
      <Button danger loading={out.isPending} onClick={() => out.mutate()}>全部退出</Button>
    </Card>
  )
}
