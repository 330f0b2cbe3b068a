import {useEffect, useId, useState} from 'react'
import {moment} from '../lib/days.ts'

// Watermark says on every screen with personal data who looked and when, so that a photograph of it tells. The library's
// own writes style attributes, which the pages' policy forbids.
export function Watermark({name, login}: {name: string; login: string}) {
  const id = useId()
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const tick = setInterval(() => setNow(new Date()), 60_000)
    return () => clearInterval(tick)
  }, [])
  const text = `${name} ${login} ${moment(now.toISOString())}`
  return (
    <svg className="watermark" aria-hidden="true" focusable="false">
      <defs>
        <pattern id={id} width="460" height="220" patternUnits="userSpaceOnUse" patternTransform="rotate(-20)">
          <text x="10" y="60">{text}</text>
          <text x="150" y="170">{text}</text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`}/>
    </svg>
  )
}
