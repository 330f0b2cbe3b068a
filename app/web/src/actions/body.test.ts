import {expect, test} from 'vitest'
import {body, clean} from './body.ts'
import {forms} from './forms.ts'
import type {Form} from './spec.ts'

const form = (action: keyof typeof forms) => forms[action] as Form

test('what is empty is not sent, and a list that must be there is', () => {
  expect(clean({a: ' ', b: [], c: [{d: '', g: []}], e: ' 张三 ', f: null})).toEqual({b: [], c: [{}], e: '张三'})
})

test('an oral agreement without performance has no obligations', () => {
  expect(body(form('agree_orally'), {on: '2026-03-02', terms: '道歉', noPerformance: true, obligations: [{}]}, {}))
    .toEqual({on: '2026-03-02', terms: '道歉', noPerformance: true})
})

test('who has not signed is not among the signatures', () => {
  const sent = body(form('agree_in_writing'), {
    on: '2026-03-02', terms: 'x', noPerformance: true, mediatorSignedOn: '2026-03-02', sealedOn: '2026-03-02',
    signatures: [{partyNo: 1, method: 'seal', signedOn: '2026-03-02'}, {partyNo: 2, signedOn: '2026-03-02'}],
  }, {})
  expect(sent.signatures).toEqual([{partyNo: 1, method: 'seal', signedOn: '2026-03-02'}])
})

test('a correction sends what was changed and the reason', () => {
  const initial = {type: '02', place: '东门', facts: 'x', wish: '赔偿', risks: ['minor', 'threat'], parties: [{partyNo: 1}, {partyNo: 2}]}
  const typed = {...initial, reason: 'verified', place: '西门', wish: '', risks: ['threat', 'minor'], parties: [{partyNo: 1, name: ''}, {partyNo: 2, phone: '13800000000'}]}
  expect(body(form('correct'), typed, initial)).toEqual({reason: 'verified', place: '西门', wish: '', parties: [{partyNo: 2, phone: '13800000000'}]})
})

test('a time is sent as an instant of China, and what nobody typed is left out', () => {
  const sent = body(form('report_escalation'), {no: 1, organ: 'police', how: 'phone', at: '2026-03-02T09:30', receipt: ' '}, {})
  expect(sent).toEqual({organ: 'police', how: 'phone', at: '2026-03-02T09:30:00+08:00'})
})

test('who is elected by a side acts for no single party', () => {
  const sent = body(form('add_representative'), {kind: 'elected', side: 'applicant', partyNo: 1, name: '王五', powers: ['sign'], from: '2026-03-02'}, {})
  expect(sent).toEqual({kind: 'elected', side: 'applicant', name: '王五', powers: ['sign'], from: '2026-03-02'})
})
