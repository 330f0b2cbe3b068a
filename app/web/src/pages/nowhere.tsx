import {Link} from 'react-router'
import {Page} from '../parts/page.tsx'

export function Component() {
  return <Page title="没有这个页面"><p>地址可能输错了，或者页面已经搬走。</p><p className="more"><Link className="plain-button" to="/">回到首页</Link></p></Page>
}
