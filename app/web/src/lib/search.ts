import {useEffect, useState} from 'react'

type Match = (text: string, typed: string) => boolean

const plain: Match = (text, typed) => text.includes(typed)

// The letters of every character are a big table, so it comes once the page stands and is idle.
let loading: Promise<Match> | undefined

function load(): Promise<Match> {
  loading ??= import('pinyin-match').then(({default: pinyin}) => (text, typed) => pinyin.match(text, typed) !== false, () => {
    loading = undefined
    return plain
  })
  return loading
}

// useTypeAhead matches a label by characters, by pinyin or by its initials (jcjd finds 简城街道).
export function useTypeAhead(): Match {
  const [match, setMatch] = useState<Match>(() => plain)
  useEffect(() => {
    const idle = requestIdleCallback(() => void load().then(m => setMatch(() => m)))
    return () => cancelIdleCallback(idle)
  }, [])
  return match
}
